/// How well a linker finds labels that it was not trained on. 挂链质量
public struct LinkQuality: Sendable, Equatable {
  public let rows: Int
  public let labels: Int
  public let folds: Int
  /// Share of rows whose label is among the first 1, 3, 5 predictions; labels that the training
  /// part never showed count as missed. 召回率@k
  public let recallAt1: Double
  public let recallAt3: Double
  public let recallAt5: Double
  /// Of first predictions at least this probable …
  public let threshold: Double
  /// … the share that is right; nil when there is none. 准确率
  public let precision: Double?
  /// The share of all rows that are found so. 召回率
  public let recall: Double
  /// Harmonic mean of the two. F1
  public let f1: Double?
  /// Ascending by label.
  public let byLabel: [LabelQuality]
}

/// The quality of one label; chains add theirs up from these. 分标签质量
public struct LabelQuality: Sendable, Equatable {
  public let label: String
  /// Rows that bear it.
  public let support: Int
  /// Rows for which it came first.
  public let predicted: Int
  /// Rows for which it came first, rightly.
  public let correct: Int
  /// Rows that bear it and have it among the first three.
  public let withinThree: Int
  /// Rows that bear it and have it among the first five.
  public let withinFive: Int
}

extension LinkQuality {
  /// The labels added up by what their relatives share: 720902 in 7209, pcb.laminate in pcb. 分链质量
  public var byGroup: [LabelQuality] {
    var sums: [String: LabelQuality] = [:]
    for item in byLabel {
      let group = TrainedLinker.group(of: item.label)
      let sum = sums[group]
      sums[group] = LabelQuality(
        label: group, support: (sum?.support ?? 0) + item.support,
        predicted: (sum?.predicted ?? 0) + item.predicted,
        correct: (sum?.correct ?? 0) + item.correct,
        withinThree: (sum?.withinThree ?? 0) + item.withinThree,
        withinFive: (sum?.withinFive ?? 0) + item.withinFive)
    }
    return sums.values.sorted { $0.label < $1.label }
  }
}

extension TrainedLinker {
  /// Cross-validated quality: row `i` is tested in fold `i mod folds`, by a linker that never saw it.
  ///
  /// - Parameter rows: in an order that has nothing to do with the labels, such as by stock code.
  public static func crossValidate(
    _ rows: [LabelledFirm], folds: Int = 5, options: TrainingOptions = TrainingOptions(),
    threshold: Double = 0.5
  ) -> LinkQuality {
    precondition(folds >= 2, "cross-validation needs two folds")
    var tally = Tally()
    for fold in 0..<folds {
      let known = rows.indices.filter { $0 % folds != fold }.map { rows[$0] }
      let linker = TrainedLinker(learning: known, options: options)
      var scratch = TrainedScratch(options: options)
      for row in stride(from: fold, to: rows.count, by: folds) {
        let found = linker.predictions(for: rows[row].firm, top: 5, using: &scratch)
        tally.add(found, truth: rows[row].label, threshold: threshold)
      }
    }
    return tally.quality(folds: folds, threshold: threshold)
  }

  /// The quality on rows that were kept apart from training.
  public func evaluate(_ rows: [LabelledFirm], threshold: Double = 0.5) -> LinkQuality {
    var tally = Tally()
    var scratch = TrainedScratch(options: options)
    for row in rows {
      tally.add(
        predictions(for: row.firm, top: 5, using: &scratch), truth: row.label, threshold: threshold)
    }
    return tally.quality(folds: 1, threshold: threshold)
  }
}

private struct Tally {
  private var rows = 0
  private var hits = [0, 0, 0]
  private var sure = 0
  private var sureRight = 0
  private var byLabel:
    [String: (support: Int, predicted: Int, correct: Int, three: Int, five: Int)] = [:]

  mutating func add(_ found: [TrainedLinker.Prediction], truth: String, threshold: Double) {
    rows += 1
    byLabel[truth, default: (0, 0, 0, 0, 0)].support += 1
    if let place = found.firstIndex(where: { $0.label == truth }) {
      for (slot, limit) in [1, 3, 5].enumerated() where place < limit { hits[slot] += 1 }
      if place < 3 { byLabel[truth, default: (0, 0, 0, 0, 0)].three += 1 }
      byLabel[truth, default: (0, 0, 0, 0, 0)].five += 1
    }
    guard let first = found.first else { return }
    byLabel[first.label, default: (0, 0, 0, 0, 0)].predicted += 1
    if first.label == truth { byLabel[truth, default: (0, 0, 0, 0, 0)].correct += 1 }
    if first.probability >= threshold {
      sure += 1
      if first.label == truth { sureRight += 1 }
    }
  }

  func quality(folds: Int, threshold: Double) -> LinkQuality {
    let all = Double(max(rows, 1))
    let precision = sure > 0 ? Double(sureRight) / Double(sure) : nil
    let recall = Double(sureRight) / all
    let f1 = precision.map { $0 + recall > 0 ? 2 * $0 * recall / ($0 + recall) : 0 }
    let labels = byLabel.keys.sorted().compactMap { label in
      byLabel[label].map {
        LabelQuality(
          label: label, support: $0.support, predicted: $0.predicted, correct: $0.correct,
          withinThree: $0.three, withinFive: $0.five)
      }
    }
    return LinkQuality(
      rows: rows, labels: labels.filter { $0.support > 0 }.count, folds: folds,
      recallAt1: Double(hits[0]) / all, recallAt3: Double(hits[1]) / all,
      recallAt5: Double(hits[2]) / all, threshold: threshold, precision: precision, recall: recall,
      f1: f1, byLabel: labels)
  }
}
