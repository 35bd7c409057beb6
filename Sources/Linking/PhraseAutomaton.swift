/// Finds every occurrence of thousands of phrases in one pass over a text. 词表自动机
///
/// Source: Aho and Corasick 1975, "Efficient string matching: an aid to bibliographic search",
/// CACM 18(6), 333-340. Shapes: state 0 is the root; the edges of state `s` are the entries
/// `edgeOffset[s]..<edgeOffset[s + 1]`, ascending by unit; the root's edges are a full table.
struct PhraseAutomaton: Sendable {
  /// A phrase at `start..<end` of the text.
  struct Match: Equatable {
    var start: Int32
    var end: Int32
    var phrase: Int32
    var length: Int32 { end - start }
  }

  private var rootEdges = [Int32](repeating: 0, count: 65_536)
  private var edgeOffset: [Int32] = []
  private var edgeUnit: [UInt16] = []
  private var edgeTarget: [Int32] = []
  private var failure: [Int32] = []
  /// The phrase that ends at a state, or -1.
  private var output: [Int32] = []
  /// The nearest state along failures that has an output, or 0.
  private var shorter: [Int32] = []
  private var length: [Int32] = []

  /// - Parameter phrases: normalised, not empty, all different; a phrase is known by its row.
  init(phrases: [[UInt16]]) {
    var children: [[(unit: UInt16, target: Int32)]] = [[]]
    var ends: [Int32] = [-1]
    length = phrases.map { Int32($0.count) }
    for (row, phrase) in phrases.enumerated() {
      precondition(!phrase.isEmpty, "an empty phrase would match everywhere")
      var state = 0
      for unit in phrase {
        if let edge = children[state].first(where: { $0.unit == unit }) {
          state = Int(edge.target)
        } else {
          let made = children.count
          children[state].append((unit, Int32(made)))
          children.append([])
          ends.append(-1)
          state = made
        }
      }
      precondition(ends[state] < 0, "the same phrase was given twice")
      ends[state] = Int32(row)
    }
    output = ends
    edgeOffset.append(0)
    for state in children.indices {
      children[state].sort { $0.unit < $1.unit }
      for edge in children[state] {
        edgeUnit.append(edge.unit)
        edgeTarget.append(edge.target)
        if state == 0 { rootEdges[Int(edge.unit)] = edge.target }
      }
      edgeOffset.append(Int32(edgeUnit.count))
    }
    linkFailures(children)
  }

  private mutating func linkFailures(_ children: [[(unit: UInt16, target: Int32)]]) {
    failure = [Int32](repeating: 0, count: children.count)
    shorter = failure
    var queue = children[0].map(\.target)
    var head = 0
    while head < queue.count {
      let state = Int(queue[head])
      head += 1
      for edge in children[state] {
        failure[Int(edge.target)] = next(from: failure[state], unit: edge.unit)
        queue.append(edge.target)
      }
      let fallen = Int(failure[state])
      shorter[state] = output[fallen] >= 0 ? Int32(fallen) : shorter[fallen]
    }
  }

  @inline(__always)
  private func next(from origin: Int32, unit: UInt16) -> Int32 {
    var state = origin
    while state != 0 {
      let found = child(of: Int(state), unit: unit)
      if found >= 0 { return found }
      state = failure[Int(state)]
    }
    return rootEdges[Int(unit)]
  }

  @inline(__always)
  private func child(of state: Int, unit: UInt16) -> Int32 {
    var low = Int(edgeOffset[state])
    var high = Int(edgeOffset[state + 1])
    while low < high {
      let middle = (low + high) >> 1
      let found = edgeUnit[middle]
      if found == unit { return edgeTarget[middle] }
      if found < unit { low = middle + 1 } else { high = middle }
    }
    return -1
  }

  /// Appends the longest phrases that do not overlap, in text order: of two that overlap the longer
  /// stays, and of equals the earlier. A Latin word never matches inside a longer Latin word.
  ///
  /// Complexity: O(text + occurrences · log occurrences between two units that open no phrase).
  func appendLongest(in text: [UInt16], to kept: inout [Match]) {
    var block = kept.count
    var state: Int32 = 0
    for index in text.indices {
      state = next(from: state, unit: text[index])
      // At the root no phrase is under way: what was found before cannot meet what comes.
      if state == 0 {
        if kept.count > block + 1 { resolve(from: block, in: &kept) }
        block = kept.count
        continue
      }
      var ending = output[Int(state)] >= 0 ? state : shorter[Int(state)]
      while ending != 0 {
        let phrase = output[Int(ending)]
        let size = length[Int(phrase)]
        let match = Match(start: Int32(index + 1) - size, end: Int32(index + 1), phrase: phrase)
        if standsAlone(match, in: text) { kept.append(match) }
        ending = shorter[Int(ending)]
      }
    }
    if kept.count > block + 1 { resolve(from: block, in: &kept) }
  }

  /// Keeps the longest of a block of occurrences that may overlap.
  private func resolve(from block: Int, in kept: inout [Match]) {
    kept[block...].sort {
      $0.length == $1.length ? $0.start < $1.start : $0.length > $1.length
    }
    var end = block + 1
    for index in (block + 1)..<kept.count {
      let match = kept[index]
      let meets = kept[block..<end].contains { $0.start < match.end && match.start < $0.end }
      if meets { continue }
      kept[end] = match
      end += 1
    }
    kept.removeLast(kept.count - end)
    kept[block...].sort { $0.start < $1.start }
  }

  @inline(__always)
  private func standsAlone(_ match: Match, in text: [UInt16]) -> Bool {
    let start = Int(match.start)
    let end = Int(match.end)
    if start > 0, continues(text[start - 1], text[start]) { return false }
    if end < text.count, continues(text[end - 1], text[end]) { return false }
    return true
  }

  @inline(__always)
  private func continues(_ left: UInt16, _ right: UInt16) -> Bool {
    (Glyph.isLetter(left) && Glyph.isLetter(right)) || (Glyph.isDigit(left) && Glyph.isDigit(right))
  }
}
