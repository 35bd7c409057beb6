import Atlas
import Glibc

/// How much speaks for approaching a firm now: its signals, decayed to the day of the run. 时机
///
/// A signal of strength s at a distance of d days counts s · 2^(−d / half-life). Reports of one kind
/// are one event told twice, so the strongest counts; different kinds combine as independent
/// reasons: 1 − Π(1 − s). Unknown: a firm without a signal on record has no moment, which is not
/// "no reason to move".
public struct Moment: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    public let kind: SignalKind
    public let date: Day
    /// As the source gives it; nil when it gives none.
    public let stated: Double?
    /// Decayed to the day of the run.
    public let strength: Span
    public let provenance: Provenance
  }

  /// Newest first.
  public let lines: [Line]
  /// Combined strength, 0 to 1.
  public let strength: Span

  /// Nil when no signal is known on `asOf`.
  public init?(_ signals: some Sequence<Signal>, asOf: Day, model: SignalModel) {
    var lines: [Line] = []
    for signal in signals {
      let kind = SignalKind(word: signal.kind)
      let age = asOf - signal.date
      // What is dated after the run has not happened, unless it is a date that was agreed on.
      if age < 0, !kind.looksAhead { continue }
      let halfLife = model.halfLife(kind).span
      let strength = Span.each { scenario in
        let stated = signal.strength ?? model.strengthUnknown.span[scenario]
        return min(1, max(0, stated)) * exp2(-Double(abs(age)) / halfLife[scenario])
      }
      lines.append(
        Line(
          kind: kind, date: signal.date, stated: signal.strength, strength: strength.ordered,
          provenance: signal.provenance))
    }
    if lines.isEmpty { return nil }
    self.lines = lines.sorted {
      $0.date != $1.date ? $0.date > $1.date : $0.provenance < $1.provenance
    }
    strength = Span.each { scenario in
      1
        - SignalKind.allCases.reduce(1) { rest, kind in
          let strongest = lines.lazy.filter { $0.kind == kind }.map { $0.strength[scenario] }.max()
          return rest * (1 - (strongest ?? 0))
        }
    }
  }

  /// The newest signal, for the list's column.
  public var latest: Line { lines[0] }
}
