import Atlas

/// What only all chains together can show: segments nobody defines, and unmarked cycles. 产业链校验
///
/// - Returns: every finding in card order, empty when the chains fit together.
public func checkChains(_ cards: [ChainCard], occupations: Set<String>? = nil) -> [CardError] {
  var findings: [CardError] = []
  var owner: [String: String] = [:]
  for card in cards {
    for (segment, line) in zip(card.model.segments, card.segmentLines) {
      if let first = owner[segment.id] {
        findings.append(
          .malformed(
            card: card.card, line: line,
            because: Phrase(
              zh: "环节编号 \(segment.id) 在 \(first) 里已用过。",
              en: "segment id \(segment.id) is already used in \(first).")))
      } else {
        owner[segment.id] = card.card
      }
      for share in segment.occupations {
        guard let occupations, !occupations.contains(share.occupation) else { continue }
        findings.append(
          .malformed(
            card: card.card, line: line,
            because: Phrase(
              zh: "环节 \(segment.id) 的工种 \(share.occupation) 不在 Labour/occupations.yaml 里。",
              en:
                "segment \(segment.id): occupation \(share.occupation) is not in Labour/occupations.yaml."
            )))
      }
    }
  }
  for card in cards {
    for input in card.inputs where owner[input.supplier] == nil {
      findings.append(
        .malformed(
          card: card.card, line: input.line,
          because: Phrase(
            zh: "环节 \(input.buyer) 的投入 \(input.supplier) 在所有产业链里都找不到，请改正编号。",
            en:
              "segment \(input.buyer) buys from \(input.supplier), which no chain defines; correct the id."
          )))
    }
  }
  if let cycle = findCycle(cards) { findings.append(cycle) }
  return findings
}

/// The first cycle among inputs that are not marked as recycled, as a finding at one of its lines.
///
/// A segment that buys from itself counts. Complexity: O(segments + inputs).
private func findCycle(_ cards: [ChainCard]) -> CardError? {
  var suppliers: [String: [(input: ChainInput, card: String)]] = [:]
  for card in cards {
    for input in card.inputs where !input.recycled {
      suppliers[input.buyer, default: []].append((input, card.card))
    }
  }
  var finished: Set<String> = []
  for card in cards {
    for segment in card.model.segments where !finished.contains(segment.id) {
      // Depth first without recursion: the path is the stack, `next` the edge to try at each level.
      var path = [segment.id]
      var next = [0]
      while let buyer = path.last, let edge = next.last {
        let edges = suppliers[buyer] ?? []
        guard edge < edges.count else {
          finished.insert(buyer)
          path.removeLast()
          next.removeLast()
          continue
        }
        next[next.count - 1] += 1
        let (input, name) = edges[edge]
        if let start = path.firstIndex(of: input.supplier) {
          let loop = (path[start...] + [input.supplier]).joined(separator: " ← ")
          return .malformed(
            card: name, line: input.line,
            because: Phrase(
              zh: "环节之间成环：\(loop)；确是回用的，请在这条投入上写 recycled: true。",
              en:
                "segments form a cycle: \(loop); if the flow is recycling, mark this input recycled: true."
            ))
        }
        if !finished.contains(input.supplier) {
          path.append(input.supplier)
          next.append(0)
        }
      }
    }
  }
  return nil
}
