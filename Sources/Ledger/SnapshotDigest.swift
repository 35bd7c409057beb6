import Atlas
import Crypto

/// SHA-256 over the canonical bytes of a snapshot: every column, row by row, in a fixed order. 快照摘要
///
/// Texts carry their length, numbers their bits, unknown cells a byte of their own, so that no two
/// different snapshots have the same bytes. Chain models enter by id, version and segments; their
/// coefficients have digests of their own on the cards.
struct SnapshotDigest {
  private var hash = SHA256()
  private var block = [UInt8](repeating: 0, count: SnapshotDigest.full + SnapshotDigest.longest + 8)
  private var used = 0
  /// A block is hashed when it is full; a longer text goes to the hash as it lies.
  private static let full = 1 << 16
  private static let longest = 1 << 12

  static func of(_ snapshot: Snapshot) -> String {
    var digest = SnapshotDigest()
    digest.add(snapshot)
    digest.flush()
    return digest.hash.finalize().map { hexadecimal($0) }.joined()
  }

  private mutating func flush() {
    block.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<used])) }
    used = 0
  }

  private mutating func byte(_ value: UInt8) {
    block[used] = value
    used += 1
    if used >= SnapshotDigest.full { flush() }
  }

  private mutating func word(_ value: UInt64) {
    block.withUnsafeMutableBytes {
      $0.storeBytes(of: value.littleEndian, toByteOffset: used, as: UInt64.self)
    }
    used += 8
    if used >= SnapshotDigest.full { flush() }
  }

  private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    add(bytes.count)
    guard bytes.count <= SnapshotDigest.longest else {
      flush()
      hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
      return
    }
    block.withUnsafeMutableBytes {
      UnsafeMutableRawBufferPointer(rebasing: $0[used...])
        .copyMemory(from: UnsafeRawBufferPointer(bytes))
    }
    used += bytes.count
    if used >= SnapshotDigest.full { flush() }
  }

  private mutating func add(_ value: Int) { word(UInt64(bitPattern: Int64(value))) }
  private mutating func add(_ value: Double) { word(value.bitPattern) }
  private mutating func add(_ value: Bool) { byte(value ? 1 : 0) }

  private mutating func add(_ value: String) {
    var value = value
    value.withUTF8 { text($0) }
  }

  private mutating func addKnown(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    byte(bytes.isEmpty ? 0 : 1)
    if !bytes.isEmpty { text(bytes) }
  }

  private mutating func add(_ value: Double?) {
    byte(value == nil ? 0 : 1)
    if let value { add(value) }
  }

  private mutating func add(_ value: Int?) {
    byte(value == nil ? 0 : 1)
    if let value { add(value) }
  }

  private mutating func add(_ value: String?) {
    byte(value == nil ? 0 : 1)
    if let value { add(value) }
  }

  private mutating func add(_ value: Day?) { add(value.map { Int($0.number) }) }

  private mutating func add(_ value: Provenance?) {
    byte(value == nil ? 0 : 1)
    if let value {
      add(Int(value.source))
      add(Int(value.line))
    }
  }

  private mutating func add(_ snapshot: Snapshot) {
    add(Int(snapshot.asOf.number))
    let district = snapshot.district
    add(district.name)
    for list in [district.home, district.rivals] {
      add(list.count)
      for row in list { add(row) }
    }
    for list in [district.leads, district.chiefs] {
      add(list.count)
      for text in list { add(text) }
    }
    add(district.isSample)
    add(snapshot.places)
    add(snapshot.sites.count)
    for site in snapshot.sites {
      add(site.id)
      add(site.name)
      add(site.place)
      add(site.landMu)
      add(site.powerMegawatt)
      add(site.factorySquareMetres)
      add(site.environmentalCapacity.joined(separator: "、"))
      add(site.tags.joined(separator: "、"))
      add(site.implicit)
      add(site.provenance)
    }
    add(snapshot.chains.count)
    for chain in snapshot.chains {
      add(chain.id)
      add(chain.version)
      add(chain.segments.count)
      for segment in chain.segments { add(segment.id) }
    }
    add(snapshot.firms)
    add(snapshot.postings)
    addFacts(of: snapshot)
    addRecords(of: snapshot)
    addTables(of: snapshot)
  }

  /// Whole tables; without them nothing is added, so that older digests hold.
  private mutating func addTables(of snapshot: Snapshot) {
    if let roads = snapshot.roads {
      add("roads")
      for point in roads.points { add(point) }
      for index in 0..<roads.metres.count { add(roads.metres[index].map(Int.init)) }
      add(roads.provenance)
    }
    if let table = snapshot.national {
      add("national")
      for code in table.codes { add(code) }
      for list in [
        table.intermediate, table.finalUse, table.imports, table.valueAdded, table.output,
      ] {
        for value in list { add(value) }
      }
      add(table.provenance)
    }
  }

  private mutating func add(_ places: Places) {
    add(places.count)
    for row in 0..<places.count {
      add(places.code[row])
      add(places.name[row])
      add(Int(places.level[row].rawValue))
      add(Int(places.parent[row]))
      add(places.position[row]?.longitude)
      add(places.position[row]?.latitude)
      add(places.population[row])
      add(places.wage[row])
      add(places.landPrice[row])
      add(places.energyPrice[row])
      add(places.area[row])
      add(places.provenance[row])
    }
  }

  private mutating func add(_ firms: Firms) {
    add(firms.count)
    for row in 0..<firms.count {
      add(Int(firms.id[row]))
      firms.name.withUTF8(row) { text($0) }
      firms.creditCode.withUTF8(row) { addKnown(utf8: $0) }
      firms.stockCode.withUTF8(row) { addKnown(utf8: $0) }
      add(firms.seat[row].map { Int($0) })
      add(Int(firms.status[row].rawValue))
      add(Int(firms.flags[row].rawValue))
      add(firms.employees[row].map { Double($0) })
      add(firms.revenue[row].map { Double($0) })
      add(firms.established[row])
      add(firms.provenance[row])
    }
  }

  private mutating func add(_ postings: Postings) {
    add(postings.offset.count)
    for offset in postings.offset { add(Int(offset)) }
    for row in 0..<postings.count {
      add(Int(postings.firm[row]))
      add(Double(postings.share[row]))
      add(postings.shareKnown[row])
      add(Double(postings.score[row]))
      add(Int(postings.linkClass[row].rawValue))
      add(postings.capacity[row].map { Double($0) })
      add(postings.quality[row].map { Int($0) })
      add(postings.provenance[row])
    }
  }

  private mutating func addGroups<Row>(
    _ groups: FirmGroups<Row>, _ body: (inout SnapshotDigest, Row) -> Void
  ) {
    add(groups.index.firmCount + 1)
    groups.index.forEachStart { add($0) }
    for row in groups.rows { body(&self, row) }
  }

  private mutating func addFacts(of snapshot: Snapshot) {
    addGroups(snapshot.plants) { digest, plant in
      digest.add(plant.place)
      digest.add(plant.product)
      digest.add(plant.share)
      digest.add(plant.heads)
      digest.add(plant.tenure)
      digest.add(plant.leaseEnd)
      digest.add(plant.provenance)
    }
    addGroups(snapshot.projects) { digest, project in
      digest.add(project.kind.rawValue)
      for value in [
        project.output, project.investment, project.tonnesIn, project.tonnesOut, project.heads,
        project.landMu, project.powerMegawatt,
      ] { digest.add(value) }
      digest.add(project.wantedBy)
      digest.add(project.units)
      digest.add(project.provenance)
    }
    addGroups(snapshot.lanes) { digest, lane in
      digest.add(lane.direction.rawValue)
      digest.add(lane.place)
      digest.add(lane.tonnes)
      digest.add(lane.valuePerTonne)
      digest.add(lane.segment)
      digest.add(lane.mode)
      digest.add(lane.provenance)
    }
    addGroups(snapshot.ties) { digest, tie in
      digest.add(tie.kind)
      digest.add(tie.count)
      digest.add(tie.status)
      digest.add(tie.consent)
      digest.add(tie.source)
      digest.add(tie.provenance)
    }
    addGroups(snapshot.signals) { digest, signal in
      digest.add(signal.kind)
      digest.add(Int(signal.date.number))
      digest.add(signal.strength)
      digest.add(signal.source)
      digest.add(signal.provenance)
    }
    addGroups(snapshot.outcomes) { digest, outcome in
      digest.add(outcome.site)
      digest.add(outcome.kind)
      digest.add(Int(outcome.date.number))
      for text in [outcome.owner, outcome.reason, outcome.promise] { digest.add(text) }
      digest.add(outcome.due)
      digest.add(outcome.provenance)
    }
    addGroups(snapshot.claims) { digest, claim in
      digest.add(claim.district)
      digest.add(claim.since)
      digest.add(claim.chain)
      digest.add(claim.status)
      digest.add(claim.provenance)
    }
  }

  private mutating func addRecords(of snapshot: Snapshot) {
    add(snapshot.labour.count)
    for record in snapshot.labour {
      add(record.place)
      add(record.occupation)
      for value in [
        record.employed, record.unemployed, record.graduates, record.outMigrants, record.wage,
      ] { add(value) }
      add(record.year)
      add(record.grade.rawValue)
      add(record.provenance)
    }
    add(snapshot.vacancies.count)
    for vacancy in snapshot.vacancies {
      add(vacancy.place)
      add(vacancy.occupation)
      add(vacancy.persons)
      add(vacancy.wage)
      add(vacancy.provenance)
    }
    add(snapshot.targets.count)
    for target in snapshot.targets {
      add(target.place)
      add(target.chain)
      add(target.segment)
      add(target.plannedOutput)
      add(target.year)
      add(target.document)
      add(target.provenance)
    }
    add(snapshot.factors.count)
    for factor in snapshot.factors {
      add(factor.firm)
      add(factor.site)
      add(factor.factor.rawValue)
      add(factor.isNeed)
      add(factor.quantity)
      for text in [factor.unit, factor.owner, factor.status, factor.providedBy] { add(text) }
      add(factor.due)
      add(factor.provenance)
    }
    add(snapshot.assets.count)
    for asset in snapshot.assets {
      add(asset.place)
      add(asset.kind)
      add(asset.name)
      add(asset.segments.count)
      for segment in asset.segments { add(segment) }
      add(asset.capacity)
      add(asset.provenance)
    }
    add(snapshot.atlas.count)
    for entry in snapshot.atlas {
      add(entry.district)
      add(entry.chain)
      add(entry.role)
      add(entry.presence)
      add(entry.provenance)
    }
    add(snapshot.sources.count)
    for source in snapshot.sources {
      add(source.name)
      add(source.kind)
      add(source.digest)
      add(source.rows)
      add(Int(source.knownOn.number))
      add(source.disclosure.rawValue)
      add(source.note)
    }
    add(snapshot.industryEmployment.count)
    for record in snapshot.industryEmployment {
      add(record.place)
      add(record.industry)
      add(record.persons)
      add(record.year)
      add(record.provenance)
    }
  }
}
