public import Atlas
import GRDB

/// The days on which a leader can travel; the role, never a name. 链长日程
public struct LeaderSchedule: Sendable, Equatable {
  public let role: String
  public let days: [Day]
  /// Id of the chain; nil for every chain.
  public let chain: String?
}

extension Ledger {
  /// The days of every leader, as known on a day.
  public func listLeaders(asOf: Day? = nil) throws(LedgerError) -> [LeaderSchedule] {
    try read { database in
      var leaders: [LeaderSchedule] = []
      try Facts.forEachLatest(
        database, table: "leaderFact", columns: ["role", "daysAvailable", "chainId"], asOf: asOf
      ) { fact in
        leaders.append(
          LeaderSchedule(
            role: fact.requireText(0), days: fact.list(1).compactMap { Day($0) }.sorted(),
            chain: fact.text(2)))
      }
      return leaders
    }
  }

  /// The role of the contact at each firm, as known on a day; names and numbers stay in the ledger.
  public func listHostRoles(asOf: Day? = nil) throws(LedgerError) -> [(firm: Int64, role: String)] {
    try read { database in
      var hosts: [(firm: Int64, role: String)] = []
      try Facts.forEachLatest(
        database, table: "hostFact", columns: ["firmId", "role"], asOf: asOf
      ) { fact in
        if let firm = fact.integer(0) { hosts.append((firm, fact.requireText(1))) }
      }
      return hosts
    }
  }
}
