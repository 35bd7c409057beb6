import Atlas

extension MatchingRoom {
  /// What local firms within reach of a place can supply to a project, solved exactly. 本地配套
  ///
  /// Freight money is not counted here: a local supplier's short lane is already in the bills.
  func localSourcing(_ project: Project, candidate: Candidate, at place: Int) -> LocalSourcing {
    let inputs = snapshot.segments[candidate.segment].inputs
    let items = bill(project, segment: candidate.segment)
    guard !items.items.isEmpty, let supply = ground(at: place).supply,
      let match = matchSuppliers([
        SuppliedProject(bill: items, supply: supply, firm: candidate.firm)
      ]).first
    else {
      return LocalSourcing(
        share: nil, matched: 0, needed: inputs.count, suppliers: [],
        uncovered: inputs.compactMap { snapshot.segments.find($0.segment) }, grade: .unknown)
    }
    let lines = match.inputs.flatMap { input in
      input.orders.map { order in
        SupplierLine(
          segment: input.segment, firm: order.supplier.firm, amount: order.amount,
          shareOfNeed: input.need.base > 0 ? order.amount / input.need.base : 0,
          distanceKm: order.supplier.distanceKm, because: order.supplier.capacity.because)
      }
    }
    return LocalSourcing(
      share: match.localSourcing.base, matched: match.matched, needed: match.needed,
      suppliers: lines.sorted {
        ($0.shareOfNeed, $1.segment, $1.firm) > ($1.shareOfNeed, $0.segment, $0.firm)
      },
      uncovered: match.inputs.filter { $0.orders.isEmpty }.map(\.segment),
      grade: match.localSourcing.grade)
  }

  func bill(_ project: Project, segment: Int) -> BillOfInputs {
    BillOfInputs(project, segment: segment, in: snapshot.segments)
  }
}
