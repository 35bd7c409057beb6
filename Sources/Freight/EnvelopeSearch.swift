import HeapModule

/// The envelopes of every state of a graph of terminals, memory kept between runs. 多准则最短路
///
/// Bicriteria label-setting (Martins 1984): labels leave the heap by money, then days; one that is
/// not faster than every cheaper label of its state is never cheapest for any value. Labels that
/// wait in the heap dominate as well, which keeps the heap small: most arcs of a dense net of trains
/// lead to a state that already has a better offer.
struct EnvelopeSearch {
  /// The arcs of state `s` are `first[s]..<first[s + 1]`.
  private var first: [Int] = [0]
  private var target: [Int] = []
  private var line: [CostLine] = []
  /// By state: what has left the heap, and its last days.
  private var settled: [Frontier]
  private var fastest: [Double]
  /// By state: what has ever been offered and is not beaten.
  private var offered: [Frontier]
  private var heap = Heap<Entry>()

  init(_ graph: TerminalGraph) {
    for arcs in graph.arcs {
      for arc in arcs {
        target.append(arc.to)
        line.append(arc.line)
      }
      first.append(target.count)
    }
    settled = Array(repeating: Frontier(), count: graph.arcs.count)
    offered = settled
    fastest = Array(repeating: .infinity, count: graph.arcs.count)
  }

  /// The envelopes of every state from one state's zero label, over all cargo values at once.
  mutating func run(from state: Int) -> Envelopes {
    for other in settled.indices {
      settled[other].removeAll()
      offered[other].removeAll()
      fastest[other] = .infinity
    }
    heap.insert(Entry(line: CostLine(), state: state))
    while let entry = heap.popMin() {
      if fastest[entry.state] <= entry.line.days { continue }
      fastest[entry.state] = entry.line.days
      settled[entry.state].offer(entry.line)
      for arc in first[entry.state]..<first[entry.state + 1] {
        let (to, onward) = (target[arc], entry.line + line[arc])
        if fastest[to] > onward.days, offered[to].offer(onward) {
          heap.insert(Entry(line: onward, state: to))
        }
      }
    }
    var found = Envelopes(capacity: settled.count)
    for lines in settled { found.append(lines) }
    return found
  }

  private struct Entry: Comparable {
    let line: CostLine
    let state: Int
    static func < (left: Entry, right: Entry) -> Bool {
      (left.line.money, left.line.days, left.state)
        < (right.line.money, right.line.days, right.state)
    }
  }
}
