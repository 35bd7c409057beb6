import Calibration
import Testing

@Suite struct FormulaTests {
  private let table = LongTable(
    cases: [0, 0, 0], caseNames: ["1"], alternatives: [0, 1, 2],
    alternativeNames: ["car", "bus", "火车"], chosen: [true, false, false],
    columns: [
      .init(name: "ivt", cells: .numbers([10, 20, .nan])),
      .init(name: "ovt", cells: .numbers([1, 2, 3])),
      .init(name: "距离 km", cells: .numbers([5, 6, 7])),
      .init(name: "alt", cells: .labels(codes: [0, 1, 2], names: ["car", "bus", "火车"])),
      .init(name: "other", cells: .labels(codes: [0, 0, 1], names: ["car", "火车"])),
    ])

  @Test(
    "arithmetic follows the usual order",
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("8 / 4 / 2", 1), ("2 - 3 - 4", -5), ("--2", 2),
      ("-ovt * 2", -2), ("ivt + ovt", 11), ("`距离 km` / 2", 2.5), ("1.5e2", 150), ("abs(-3)", 3),
      ("ln(exp(2))", 2), ("(ovt == 1) * 4", 4), (".5+1E-1", 0.6),
    ] as [(String, Double)])
  func arithmetic(source: String, value: Double) throws {
    let found = try Formula(source).numbers(in: table)[0]
    #expect(abs(found - value) < 1e-12)
  }

  @Test(
    "filters keep the rows they say",
    arguments: [
      ("alt == 'bus'", [false, true, false]), ("alt != bus", [true, false, true]),
      ("'火车' == alt", [false, false, true]), ("alt == other", [true, false, true]),
      ("ovt > 1 && ovt <= 2 || alt == car", [true, true, false]),
      ("!(ovt == 1)", [false, true, true]), ("not (ovt = 1)", [false, true, true]),
      ("ovt <> 1 and alt = 'bus' OR ovt = 3", [false, true, true]),
      ("alt==\"nobody\"", [false, false, false]),
      ("ovt >= 1 && alt == car || ovt == 3", [true, false, true]),
    ] as [(String, [Bool])])
  func filters(source: String, rows: [Bool]) throws {
    #expect(try Formula(source).flags(in: table) == rows)
  }

  @Test("a comparison with a missing number is false, whichever way it is asked")
  func missing() throws {
    for sign in ["==", "!=", "<", "<=", ">", ">="] {
      #expect(try Formula("ivt \(sign) 15").flags(in: table)[2] == false)
    }
    #expect(try Formula("ivt + ovt").numbers(in: table)[2].isNaN)
  }

  @Test("what cannot be read is refused with the word and its place")
  func unreadable() {
    let cases: [(String, FormulaFailure)] = [
      ("1 + ", .unfinished), ("(1", .unfinished), ("'bus", .unfinished), ("", .unfinished),
      ("1 2", .unexpected("2", position: 3)), ("a # 1", .unexpected("#", position: 3)),
      ("and 1", .unexpected("&&", position: 1)),
      ("3 < 2 < 1", .unexpected("<", position: 7)), ("2x", .unexpected("2x", position: 1)),
      ("sin(1)", .unknownFunction("sin")), ("1 + * 2", .unexpected("*", position: 5)),
    ]
    for (source, failure) in cases {
      #expect(throws: failure, "\(source)") { try Formula(source) }
    }
  }

  @Test("what cannot be computed is refused with the name")
  func incomputable() {
    let cases: [(String, FormulaFailure)] = [
      ("speed > 1", .unknownColumn("speed")), ("alt + 1 > 2", .notANumber(column: "alt")),
      ("ovt", .notACondition("ovt")), ("ovt == 'x'", .notAnAmount("x")),
      ("alt < 'x'", .notAnAmount("alt")), ("alt == ovt", .notANumber(column: "alt")),
    ]
    for (source, failure) in cases {
      #expect(throws: failure, "\(source)") { try Formula(source).flags(in: table) }
    }
  }
}
