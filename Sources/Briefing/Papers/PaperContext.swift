import Atlas
import Matching

/// What every paper is composed from: one publication and the snapshot it was made of. 文书底稿
public struct PaperContext: Sendable {
  public let snapshot: Snapshot
  public let publication: Publication
  /// Id of the run, as printed.
  public let run: String
  public let language: Language
  /// For occupations by name and the labour plan; nil leaves both out, visibly.
  public let labour: LabourModel?
  /// For the hiring calendar; nil leaves it out.
  public let hiring: HiringRates?
  public let permitted: PermittedOffers
  /// From which likelihood on it reads 高, and 中; the card's `likelihoodHigh` and `likelihoodMedium`.
  public let likelihoodLevels: LikelihoodLevels

  public init(
    snapshot: Snapshot, publication: Publication, run: String, language: Language,
    labour: LabourModel?, hiring: HiringRates?, permitted: PermittedOffers,
    likelihoodLevels: LikelihoodLevels
  ) {
    self.likelihoodLevels = likelihoodLevels
    self.hiring = hiring
    self.snapshot = snapshot
    self.publication = publication
    self.run = run
    self.language = language
    self.labour = labour
    self.permitted = permitted
  }

  /// One text in the paper's language.
  func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[language] }

  /// 高, 中 or 低, until enough outcomes are recorded for a percentage.
  public func level(_ likelihood: Double) -> Phrase { likelihoodLevels.word(likelihood) }

  func firm(_ row: Int) -> String { snapshot.firms.name[row] }
  func place(_ row: Int) -> String { snapshot.places.name[row] }
  func segment(_ row: Int) -> String { snapshot.segments[row].name[language] }
  func chain(_ row: Int) -> String { snapshot.chains[row].name[language] }
  func occupation(_ id: String) -> String {
    labour?.occupations.first { $0.id == id }?.name[language] ?? id
  }

  /// The post that leads the chain; never a person's name.
  func chief(ofChain row: Int) -> String? {
    guard let index = snapshot.district.leads.firstIndex(of: snapshot.chains[row].id),
      snapshot.district.chiefs.indices.contains(index)
    else { return nil }
    let role = snapshot.district.chiefs[index]
    return role.isEmpty ? nil : role
  }

  func ranking(ofChain row: Int) -> Ranking? {
    publication.rankings.first { $0.chain == row }
  }

  func gaps(ofChain row: Int) -> GapTable? { publication.gaps.first { $0.chain == row } }

  /// The chain that a global segment belongs to.
  func chain(ofSegment row: Int) -> Int { snapshot.segments.chain[row] }

  /// Who may read a fact: the class of the file it came from.
  func clearance(_ provenance: Provenance?, firm: Int?) -> Clearance {
    guard let provenance, snapshot.sources.indices.contains(Int(provenance.source)) else {
      return .open
    }
    switch snapshot.sources[Int(provenance.source)].disclosure {
    case .public: return .open
    case .office: return .office
    case .confidential:
      return firm.map { .confidential(of: snapshot.firms.id[$0]) } ?? .office
    }
  }

  func colophon(
    unknowns: Int, exclusions: Int, disclaimer: String? = nil, edition: Edition = .office
  ) -> Colophon {
    let open = snapshot.sources.filter { $0.disclosure == .public }.map(\.name)
    let rest = snapshot.sources.count - open.count
    var names = open.prefix(4).joined(separator: say("、", ", "))
    if open.count > 4 {
      names += say(" 等 \(open.count) 个公开来源", " and \(open.count - 4) more public sources")
    }
    if rest > 0, edition == .office {
      names +=
        (names.isEmpty ? "" : say("；", "; ")) + say("办公室资料 \(rest) 份", "\(rest) office files")
    }
    if names.isEmpty { names = say("见附件", "see the annex") }
    return Colophon(
      sourcesAndLicence: names, cutOff: snapshot.asOf.iso, run: run, model: publication.model,
      unknowns: unknowns, exclusions: exclusions, disclaimer: disclaimer)
  }

  /// The sentence that every list bears (definitions, section 13).
  var listDisclaimer: String {
    say(
      "本名单仅用于安排走访，不作为奖补、资格认定或准入依据",
      "This list only serves to arrange visits; it is no basis for grants, qualification or admission"
    )
  }

  /// Firms of the district on a segment with the distance to a site's place.
  func distance(fromFirm row: Int, to place: Int) -> Double? {
    guard let seat = snapshot.firms.seat[row],
      let from = snapshot.places.position[Int(seat)], let to = snapshot.places.position[place]
    else { return nil }
    return from.greatCircleKm(to: to)
  }
}

/// Collects the numbered sources while a paper is composed. 引用
struct Citations {
  private let context: PaperContext
  private(set) var bibliography = Bibliography()

  init(_ context: PaperContext) { self.context = context }

  /// The line of the file that a fact was read from.
  mutating func record(_ provenance: Provenance) -> SourceReference {
    let source = context.snapshot.sources[Int(provenance.source)]
    return bibliography.cite(
      Source(
        title: context.say(
          "\(source.name) 第 \(provenance.line) 行", "\(source.name), line \(provenance.line)"),
        date: source.knownOn.iso,
        confidence: context.say("记录", "record"),
        clearance: source.disclosure == .public ? .open : .office))
  }

  /// A model that computed a number from facts.
  mutating func model(_ name: Phrase) -> SourceReference {
    bibliography.cite(
      Source(
        title: context.say("模型估算：\(name.zh)", "model estimate: \(name.en)"),
        date: context.publication.model,
        confidence: context.say("估算，取值见参数表", "estimate; values in the parameter table"),
        clearance: .open))
  }

  /// The chain model that names segments and what flows between them.
  mutating func chain(_ row: Int) -> SourceReference {
    let chain = context.snapshot.chains[row]
    return bibliography.cite(
      Source(
        title: context.say(
          "产业链模型“\(chain.name.zh)”：\(chain.source)", "chain model \(chain.name.en): \(chain.source)"
        ),
        date: chain.version, confidence: context.say("公开资料整理", "compiled from publications"),
        clearance: .open))
  }

  /// Where a figure comes from: its record, else the model that it names.
  mutating func figure(_ figure: Figure) -> SourceReference {
    if let provenance = figure.provenance,
      context.snapshot.sources.indices.contains(Int(provenance.source))
    {
      return record(provenance)
    }
    return model(figure.because)
  }
}

/// Where a likelihood is called high and where medium, probabilities. 可能性分档
public struct LikelihoodLevels: Sendable, Equatable {
  public let high: Double
  public let medium: Double

  public init(high: Double, medium: Double) {
    self.high = high
    self.medium = medium
  }

  public func word(_ likelihood: Double) -> Phrase {
    if likelihood >= high { return Phrase(zh: "高", en: "high") }
    return likelihood >= medium ? Phrase(zh: "中", en: "medium") : Phrase(zh: "低", en: "low")
  }
}
