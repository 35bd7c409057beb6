import Testing

@testable import Itinerary

/// Invented instances, one per format, small enough to solve in the head.
@Suite struct ParseInstanceTests {
  func solved(_ text: String, paths: Int = 1) throws -> InstanceSolution {
    let instance = try parseInstance(text: text, name: "tiny", paths: paths)
    return try solve(instance, budget: SearchBudget(iterations: 50))
  }

  @Test("an OP file starts at its first point and ends at its second")
  func single() throws {
    let found = try solved("10 1\n0 0 0\n8 0 0\n4 1 5\n4 -4 9\n2 0 1\n\n")
    #expect(found.score == 6)
    #expect(found.routes == [["1", "5", "3", "2"]])
    #expect(abs(found.length - (2 + 5.0.squareRoot() + 17.0.squareRoot())) < 1e-9)
  }

  @Test("a TOP file has paths that share no point, from first to last")
  func team() throws {
    let text = "n 5\nm 2\ntmax 10\n0 0 0\n4 2 7\n4 -2 7\n2 4 3\n8\t0\t0\r\n"
    let found = try solved(text)
    #expect(found.score == 14)
    #expect(found.routes.map(\.count) == [3, 3])
    #expect(Set(found.routes.joined()) == ["1", "2", "3", "5"])
  }

  @Test("an OPLib tour is closed, rounds lengths and counts the depot")
  func library() throws {
    let text = """
      NAME : tiny
      TYPE : OP
      DIMENSION : 4
      COST_LIMIT : 12
      EDGE_WEIGHT_TYPE : EUC_2D
      NODE_COORD_SECTION
      1 0 0
      2 3.4 0
      3 3 4.4
      4 50 50
      NODE_SCORE_SECTION
      1 2
      2 5
      3 6
      4 90
      DEPOT_SECTION
      1
      -1
      EOF
      """
    let found = try solved(text)
    #expect(found.score == 13)
    #expect(found.length == 12)
  }

  @Test("explicit weights are read in triangles")
  func explicit() throws {
    func text(_ format: String, _ weights: String) -> String {
      "NAME: t\nDIMENSION: 3\nCOST_LIMIT: 9\nEDGE_WEIGHT_TYPE: EXPLICIT\n"
        + "EDGE_WEIGHT_FORMAT: \(format)\nEDGE_WEIGHT_SECTION\n\(weights)\n"
        + "NODE_SCORE_SECTION\n1 0\n2 1\n3 1\nDEPOT_SECTION\n1\n-1\nEOF\n"
    }
    for (format, weights) in [
      ("LOWER_DIAG_ROW", "0\n2 0\n4 3 0"), ("LOWER_ROW", "2\n4 3"), ("UPPER_ROW", "2 4\n3"),
      ("UPPER_DIAG_ROW", "0 2 4 0 3 0"), ("FULL_MATRIX", "0 2 4 2 0 3 4 3 0"),
    ] {
      let found = try solved(text(format, weights))
      #expect(found.score == 2)
      #expect(found.length == 9)
    }
    #expect(throws: InstanceError.self) { try solved(text("LOWER_ROW", "2 4")) }
  }

  @Test("ATT lengths are rounded up as TSPLIB says")
  func pseudoEuclidean() throws {
    let text = """
      NAME: t
      DIMENSION: 2
      COST_LIMIT: 100
      EDGE_WEIGHT_TYPE: ATT
      NODE_COORD_SECTION
      1 0 0
      2 10 1
      NODE_SCORE_SECTION
      1 0
      2 1
      DEPOT_SECTION
      1
      -1
      """
    // sqrt(101 / 10) = 3.178, rounds to 3, which is less, so 4.
    #expect(try solved(text).length == 8)
  }

  @Test("TOPTW windows bound the begin of a service, and paths are given by the caller")
  func windows() throws {
    let text = """
      1 2 3 0
      0 0
      0 0 0 0 0 0 1 0 0 40
      1 5 0 10 20 1 1 1 0 3
      2 5 0 10 30 1 1 1 5 5
      3 0 5 10 40 1 2 1 2 20 30
      """
    let one = try solved(text)
    #expect(one.score == 70)
    #expect(one.routes == [["0", "2", "3", "0"]])
    #expect(try parseInstance(text: text, name: "t", paths: 3).trip.days.count == 3)
  }

  @Test("a Solomon file scores its demand")
  func solomon() throws {
    let text = """
      C1

      VEHICLE
      NUMBER     CAPACITY
        25         200

      CUSTOMER
      CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

          0      0         0          0          0        100          0
          1      3         4         10         20         30          5
          2      0        60         99          0        100          5
      """
    let found = try solved(text)
    #expect(found.score == 10)
    #expect(found.routes == [["0", "1", "0"]])
  }

  @Test("a file that cannot be read names the line or what is missing")
  func mistakes() {
    #expect(throws: InstanceError.unknownFormat(name: "t")) {
      try parseInstance(text: "", name: "t")
    }
    #expect(throws: InstanceError.unknownFormat(name: "t")) {
      try parseInstance(text: "hello world this is prose", name: "t")
    }
    #expect(throws: InstanceError.badLine(name: "t", line: 3, excerpt: "4 x 5")) {
      try parseInstance(text: "10 1\n0 0 0\n4 x 5", name: "t")
    }
    #expect(throws: InstanceError.incomplete(name: "t", missing: "the 9 announced points")) {
      try parseInstance(text: "n 9\nm 1\ntmax 3\n0 0 0\n1 1 1", name: "t")
    }
  }

  @Test("an instance in which nothing scores is solved by its start and end")
  func nothingScores() throws {
    let found = try solved("10 1\n0 0 0\n8 0 0\n4 1 0")
    #expect(found.score == 0)
    #expect(found.length == 8)
    #expect(found.routes == [["1", "2"]])
  }
}
