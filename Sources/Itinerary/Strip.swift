/// A row of numbers owned by one search, read and written without checks (数据条).
///
/// The innermost loops of the search read some hundred million numbers a second; the tests compare
/// their plans with an independent checker instead.
struct Strip<Element>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ values: [Element]) {
    count = values.count
    base = UnsafeMutablePointer<Element>.allocate(capacity: max(1, values.count))
    base.initialize(from: values, count: values.count)
  }

  init(repeating value: Element, count: Int) {
    self.count = count
    base = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    base.initialize(repeating: value, count: count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The row that begins at an index, for loops that stay within it.
  @inline(__always)
  func row(_ index: Int) -> UnsafeMutablePointer<Element> { base + index }
}
