extension ChoiceData {
  /// What to do with a case whose chosen row the filter takes away.
  public enum ChoiceOutsideSet: Sendable {
    /// Leave the case out and count it.
    case leaveOut
    /// Refuse the table.
    case refuse
  }

  /// Makes choice sets from a table.
  ///
  /// - Parameters:
  ///   - keep: the rows to use; nil for all.
  ///   - weights: a column; the value in the chosen row is the weight of the case.
  ///   - offset: a column added to the utility, such as −ln q.
  ///   - clusters: a column whose equal values make a group.
  public init(
    _ table: LongTable, terms: UtilityTerms, keep: [Bool]? = nil, weights: String? = nil,
    offset: String? = nil, clusters: String? = nil, choiceOutsideSet: ChoiceOutsideSet = .leaveOut
  ) throws(ChoiceDataFailure) {
    let sets = try ChoiceSets(table, keep: keep, policy: choiceOutsideSet)
    let columns = try DesignColumn.list(for: terms, in: table, rows: sets.rows)
    let width = columns.count
    var values = [Double](repeating: 0, count: sets.rows.count * width)
    for (position, column) in columns.enumerated() {
      for (index, row) in sets.rows.enumerated() {
        if let alternative = column.alternative, table.alternatives[row] != alternative { continue }
        let value = column.numbers?[row] ?? 1
        guard value.isFinite else { throw .notFinite(column: column.source, row: row) }
        values[index * width + position] = value
      }
    }
    var caseWeights: [Double]?
    if let weights {
      let numbers = try table.requireNumbers(weights)
      var list: [Double] = []
      for position in sets.chosen {
        let row = sets.rows[position]
        guard numbers[row].isFinite else { throw .notFinite(column: weights, row: row) }
        guard numbers[row] > 0 else { throw .weightNotPositive(column: weights, row: row) }
        list.append(numbers[row])
      }
      caseWeights = list
    }
    var offsets: [Double]?
    if let offset {
      let numbers = try table.requireNumbers(offset)
      for row in sets.rows where !numbers[row].isFinite {
        throw .notFinite(column: offset, row: row)
      }
      offsets = sets.rows.map { numbers[$0] }
    }
    var groups: [Int32]?
    if let clusters {
      let codes = try table.requireCodes(clusters)
      groups = sets.chosen.map { codes[sets.rows[$0]] }
    }
    try self.init(
      names: columns.map(\.name), starts: sets.starts, values: values, chosen: sets.chosen,
      weights: caseWeights, offsets: offsets, clusters: groups,
      alternatives: sets.rows.map { table.alternatives[$0] }, leftOut: sets.leftOut)
  }
}

/// One column of the design: a column of the table, perhaps at one alternative only.
private struct DesignColumn {
  let name: String
  let source: String
  /// nil for a constant.
  let numbers: [Double]?
  let alternative: Int32?

  static func list(for terms: UtilityTerms, in table: LongTable, rows: [Int])
    throws(ChoiceDataFailure) -> [DesignColumn]
  {
    var offered = [Bool](repeating: false, count: table.alternativeNames.count)
    for row in rows { offered[Int(table.alternatives[row])] = true }
    let present = offered.indices.filter { offered[$0] }.map { Int32($0) }
    func code(_ name: String) throws(ChoiceDataFailure) -> Int32 {
      guard let found = present.first(where: { table.alternativeNames[Int($0)] == name }) else {
        throw .unknownAlternative(name)
      }
      return found
    }
    let reference: Int32? =
      if let name = terms.constantsReference { try code(name) } else { nil }
    var columns: [DesignColumn] = []
    if let reference {
      for alternative in present where alternative != reference {
        let name = table.alternativeNames[Int(alternative)]
        columns.append(.init(name: name, source: name, numbers: nil, alternative: alternative))
      }
    }
    for name in terms.terms {
      let numbers = try table.requireNumbers(name)
      columns.append(.init(name: name, source: name, numbers: numbers, alternative: nil))
    }
    func add(_ name: String, at places: [Int32]) throws(ChoiceDataFailure) {
      let numbers = try table.requireNumbers(name)
      for place in places {
        columns.append(
          .init(
            name: "\(name):\(table.alternativeNames[Int(place)])", source: name, numbers: numbers,
            alternative: place))
      }
    }
    for term in terms.caseTerms {
      if let alternative = term.alternative {
        try add(term.column, at: [try code(alternative)])
      } else {
        try add(term.column, at: present.filter { $0 != (reference ?? present.first) })
      }
    }
    for name in terms.byAlternative { try add(name, at: present) }
    guard !columns.isEmpty else { throw .noTerms }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted {
      throw .duplicateTerm(column.name)
    }
    return columns
  }
}

extension LongTable {
  func requireNumbers(_ name: String) throws(ChoiceDataFailure) -> [Double] {
    switch cells(named: name) {
    case .numbers(let values)?: return values
    case .labels?: throw .notNumeric(column: name)
    case nil: throw .unknownColumn(name)
    }
  }

  /// Equal cells have equal codes; a column of numbers is coded by first appearance.
  func requireCodes(_ name: String) throws(ChoiceDataFailure) -> [Int32] {
    switch cells(named: name) {
    case .labels(let codes, _)?: return codes
    case .numbers(let values)?:
      var codes: [Double: Int32] = [:]
      var result: [Int32] = []
      result.reserveCapacity(values.count)
      for (row, value) in values.enumerated() {
        guard value.isFinite else { throw .notFinite(column: name, row: row) }
        let code = codes[value] ?? Int32(codes.count)
        codes[value] = code
        result.append(code)
      }
      return result
    case nil: throw .unknownColumn(name)
    }
  }
}
