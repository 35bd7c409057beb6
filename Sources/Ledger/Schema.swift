/// The tables of the ledger, one raw SQL text per released version. 表结构
///
/// Version n is reached from n − 1 by running `migrations[n − 1]`; texts are never edited once
/// released. Every table whose name ends in `Fact` holds whole-row versions that are never
/// overwritten: what was known on a day is what has `knownOn` up to that day.
enum Schema {
  /// "BuLi": tells a ledger from other SQLite files.
  static let applicationId: Int32 = 0x4275_4C69

  static let migrations: [String] = [version1, version2, version3, version4]

  static var version: Int { migrations.count }

  /// Tables whose rows can only be added; a trigger refuses the rest.
  static let appendOnly = [
    "batch", "run", "publication", "personLink", "overrideDecision", "approval", "exportRecord",
    "recusal", "purge", "journal",
  ]

  private static func fact(_ name: String, _ columns: String, firm: String = "", more: String = "")
    -> String
  {
    """
    CREATE TABLE \(name) (
      id INTEGER PRIMARY KEY,
      \(firm.isEmpty ? "factKey TEXT NOT NULL," : "")
      digest INTEGER NOT NULL,
      batchId INTEGER NOT NULL REFERENCES batch(id) DEFERRABLE INITIALLY DEFERRED,
      line INTEGER NOT NULL CHECK (line > 0),
      knownOn TEXT NOT NULL CHECK (length(knownOn) = 10),
      validOn TEXT CHECK (length(validOn) = 10),
      \(firm)\(columns)
    ) STRICT;
    CREATE INDEX \(name)ByKey ON \(name)(\(firm.isEmpty ? "factKey" : "firmId"), knownOn, id);
    CREATE TRIGGER \(name)Kept BEFORE UPDATE ON \(name)
    BEGIN SELECT RAISE(ABORT, 'facts are never overwritten'); END;
    \(more)
    """
  }

  private static let firmReference =
    "firmId INTEGER NOT NULL REFERENCES firm(id) DEFERRABLE INITIALLY DEFERRED,"

  private static let version1 =
    """
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      fileName TEXT NOT NULL,
      fileDigest TEXT NOT NULL CHECK (length(fileDigest) = 64),
      fileBytes INTEGER NOT NULL CHECK (fileBytes >= 0),
      profile TEXT,
      profileDigest TEXT NOT NULL,
      sheet TEXT,
      knownOn TEXT NOT NULL CHECK (length(knownOn) = 10),
      importedAt TEXT NOT NULL,
      disclosure TEXT NOT NULL CHECK (disclosure IN ('public', 'office', 'confidential')),
      note TEXT,
      rows INTEGER NOT NULL CHECK (rows >= 0),
      accepted INTEGER NOT NULL CHECK (accepted >= 0),
      updated INTEGER NOT NULL CHECK (updated >= 0),
      unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
      rejected INTEGER NOT NULL CHECK (rejected >= 0),
      droppedColumns TEXT NOT NULL,
      factsDigest TEXT NOT NULL
    ) STRICT;
    CREATE INDEX batchByFile ON batch(fileDigest, kind, profileDigest);

    CREATE TABLE importIssue (
      id INTEGER PRIMARY KEY,
      batchId INTEGER NOT NULL REFERENCES batch(id) DEFERRABLE INITIALLY DEFERRED,
      line INTEGER NOT NULL,
      columnName TEXT,
      code TEXT NOT NULL,
      excerpt TEXT,
      messageZh TEXT NOT NULL,
      messageEn TEXT NOT NULL,
      isRejection INTEGER NOT NULL CHECK (isRejection IN (0, 1))
    ) STRICT;
    CREATE INDEX importIssueByBatch ON importIssue(batchId, line);

    CREATE TABLE firm (
      id INTEGER PRIMARY KEY,
      creditCode TEXT CHECK (length(creditCode) = 18),
      stockCode TEXT,
      nameKey INTEGER NOT NULL,
      placeCode TEXT
    ) STRICT;
    CREATE UNIQUE INDEX firmByCreditCode ON firm(creditCode) WHERE creditCode IS NOT NULL;
    CREATE UNIQUE INDEX firmByStockCode ON firm(stockCode) WHERE stockCode IS NOT NULL;
    CREATE INDEX firmByName ON firm(nameKey, creditCode);

    CREATE TABLE firmMerge (
      id INTEGER PRIMARY KEY,
      firmId INTEGER NOT NULL REFERENCES firm(id),
      intoFirmId INTEGER REFERENCES firm(id),
      because TEXT NOT NULL,
      decidedBy TEXT NOT NULL,
      decidedAt TEXT NOT NULL,
      decidedOn TEXT NOT NULL CHECK (length(decidedOn) = 10),
      CHECK (firmId <> intoFirmId)
    ) STRICT;

    \(fact("firmFact",
      """
      name TEXT NOT NULL, shortName TEXT, creditCode TEXT, stockCode TEXT, placeCode TEXT,
      employees REAL CHECK (employees >= 0), revenueWanYuan REAL,
      registeredCapitalWan REAL CHECK (registeredCapitalWan >= 0), registeredCapitalCurrency TEXT,
      establishedOn TEXT, status TEXT CHECK (status IN
        ('active', 'cancelled', 'revoked', 'suspended', 'unknown')),
      isListed INTEGER CHECK (isListed IN (0, 1)), isDishonest INTEGER CHECK (isDishonest IN (0, 1)),
      isDoNotContact INTEGER CHECK (isDoNotContact IN (0, 1)),
      isForeign INTEGER CHECK (isForeign IN (0, 1)), industryCode TEXT, industry TEXT,
      firmType TEXT, formerName TEXT, address TEXT, products TEXT, mainBusiness TEXT,
      businessScope TEXT
      """, firm: firmReference))
    \(fact("placeFact",
      """
      code TEXT NOT NULL, name TEXT NOT NULL, longitude REAL NOT NULL CHECK (abs(longitude) <= 180),
      latitude REAL NOT NULL CHECK (abs(latitude) <= 90), parent TEXT, level TEXT,
      population REAL CHECK (population >= 0), wageYuanPerYear REAL CHECK (wageYuanPerYear >= 0),
      landPriceWanYuanPerMu REAL, energyPriceYuanPerMWh REAL, areaKm2 REAL, terminals TEXT
      """))
    \(fact("siteFact",
      """
      siteId TEXT NOT NULL, name TEXT NOT NULL, placeCode TEXT NOT NULL, landMu REAL,
      powerMegawatt REAL, factorySquareMetres REAL, environmentalCapacity TEXT, tags TEXT
      """))
    \(fact("firmSegmentFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), segmentId TEXT NOT NULL,
      share REAL CHECK (share >= 0 AND share <= 1), capacityWanYuanPerYear REAL, quality REAL,
      source TEXT
      """))
    \(fact("plantFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), placeCode TEXT NOT NULL, product TEXT,
      share REAL CHECK (share >= 0 AND share <= 1), heads REAL CHECK (heads >= 0), tenure TEXT,
      leaseEndOn TEXT, source TEXT
      """))
    \(fact("projectFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id),
      kind TEXT NOT NULL CHECK (kind IN ('relocation', 'newCapacity', 'branch')),
      outputWanYuanPerYear REAL, investmentWanYuan REAL, tonnesInPerYear REAL, tonnesOutPerYear REAL,
      heads REAL, landMu REAL, powerMegawatt REAL, wantedByOn TEXT, unitsPerYear REAL,
      source TEXT
      """))
    \(fact("laneFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id),
      direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
      placeCode TEXT NOT NULL, tonnesPerYear REAL NOT NULL CHECK (tonnesPerYear >= 0),
      valueYuanPerTonne REAL, segmentId TEXT, mode TEXT, source TEXT
      """))
    \(fact("labourFact",
      """
      placeCode TEXT NOT NULL, occupation TEXT NOT NULL, employed REAL CHECK (employed >= 0),
      unemployed REAL, graduates REAL, outMigrants REAL, wageYuanPerMonth REAL, year INTEGER,
      grade TEXT, source TEXT
      """))
    \(fact("vacancyFact",
      """
      placeCode TEXT NOT NULL, occupation TEXT NOT NULL, persons REAL NOT NULL CHECK (persons >= 0),
      employer TEXT, wageYuanPerMonth REAL
      """))
    \(fact("tieFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), kind TEXT NOT NULL,
      tieCount REAL NOT NULL CHECK (tieCount >= 0), status TEXT,
      hasConsent INTEGER CHECK (hasConsent IN (0, 1)), source TEXT
      """))
    \(fact("signalFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), kind TEXT NOT NULL, happenedOn TEXT NOT NULL,
      strength REAL CHECK (strength >= 0 AND strength <= 1), source TEXT, link TEXT
      """))
    \(fact("outcomeFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), siteId TEXT NOT NULL, kind TEXT NOT NULL,
      happenedOn TEXT NOT NULL, owner TEXT, reason TEXT, promise TEXT, dueOn TEXT
      """))
    \(fact("claimFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), district TEXT NOT NULL, sinceOn TEXT NOT NULL,
      chainId TEXT, status TEXT
      """))
    \(fact("factorFact",
      """
      firmId INTEGER REFERENCES firm(id), siteId TEXT, factor TEXT NOT NULL,
      isNeed INTEGER NOT NULL CHECK (isNeed IN (0, 1)), quantity REAL, unit TEXT, owner TEXT,
      dueOn TEXT, status TEXT, providedBy TEXT
      """))
    \(fact("assetFact",
      """
      placeCode TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, segmentIds TEXT, capacity TEXT
      """))
    \(fact("chainTargetFact",
      """
      placeCode TEXT NOT NULL, chainId TEXT NOT NULL, segmentId TEXT,
      plannedOutputWanYuan REAL NOT NULL CHECK (plannedOutputWanYuan >= 0), year INTEGER,
      document TEXT
      """))
    \(fact("atlasFact", "district TEXT NOT NULL, chain TEXT NOT NULL, role TEXT NOT NULL, presence TEXT"))
    \(fact("leaderFact", "role TEXT NOT NULL, daysAvailable TEXT NOT NULL, chainId TEXT"))
    \(fact("hostFact",
      """
      firmId INTEGER NOT NULL REFERENCES firm(id), role TEXT NOT NULL,
      hasConsent INTEGER CHECK (hasConsent IN (0, 1)), personName TEXT, personPhone TEXT,
      CHECK (hasConsent = 1 OR (personName IS NULL AND personPhone IS NULL))
      """))
    \(fact("offerFact", "offer TEXT NOT NULL, legalBasis TEXT NOT NULL, scope TEXT, document TEXT"))
    \(fact("wageFact",
      """
      placeCode TEXT NOT NULL, year INTEGER NOT NULL, wageYuanPerYear REAL NOT NULL
        CHECK (wageYuanPerYear >= 0), wageBillWanYuan REAL, employees REAL, population REAL
      """))
    \(fact("industryEmploymentFact",
      """
      placeCode TEXT NOT NULL, industry TEXT NOT NULL, persons REAL NOT NULL CHECK (persons >= 0),
      year INTEGER NOT NULL
      """))

    CREATE TABLE machineLink (
      firmId INTEGER NOT NULL REFERENCES firm(id),
      segmentId TEXT NOT NULL,
      score REAL NOT NULL CHECK (score >= 0 AND score <= 1),
      class TEXT NOT NULL CHECK (class IN ('confirmed', 'uncertain', 'rejected')),
      likelyShare REAL CHECK (likelyShare > 0 AND likelyShare <= 1),
      evidence TEXT NOT NULL,
      PRIMARY KEY (firmId, segmentId)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE personLink (
      id INTEGER PRIMARY KEY,
      firmId INTEGER NOT NULL REFERENCES firm(id),
      segmentId TEXT NOT NULL,
      isAccepted INTEGER NOT NULL CHECK (isAccepted IN (0, 1)),
      share REAL CHECK (share > 0 AND share <= 1),
      decidedBy TEXT NOT NULL,
      decidedAt TEXT NOT NULL,
      decidedOn TEXT NOT NULL CHECK (length(decidedOn) = 10),
      because TEXT NOT NULL
    ) STRICT;
    CREATE INDEX personLinkByFirm ON personLink(firmId, segmentId, id);

    CREATE TABLE run (
      id TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
      snapshotDigest TEXT NOT NULL,
      modelDigests TEXT NOT NULL,
      codeVersion TEXT NOT NULL,
      asOf TEXT NOT NULL CHECK (length(asOf) = 10),
      seed INTEGER NOT NULL,
      model TEXT NOT NULL,
      startedAt TEXT NOT NULL,
      finishedAt TEXT NOT NULL,
      sameAs TEXT REFERENCES run(id),
      diary TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runByFingerprint ON run(fingerprint);

    CREATE TABLE publication (
      runId TEXT NOT NULL REFERENCES run(id),
      chainId TEXT NOT NULL,
      payload BLOB NOT NULL,
      standings BLOB NOT NULL,
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      PRIMARY KEY (runId, chainId)
    ) STRICT;

    CREATE TABLE overrideDecision (
      id INTEGER PRIMARY KEY,
      firmId INTEGER NOT NULL REFERENCES firm(id),
      action TEXT NOT NULL CHECK (action IN ('exclude', 'include', 'rank', 'withdraw')),
      rank INTEGER CHECK (rank > 0),
      because TEXT NOT NULL,
      decidedBy TEXT NOT NULL,
      decidedAt TEXT NOT NULL,
      document TEXT
    ) STRICT;

    CREATE TABLE approval (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      digest TEXT NOT NULL,
      document TEXT NOT NULL,
      decidedBy TEXT NOT NULL,
      decidedAt TEXT NOT NULL
    ) STRICT;

    CREATE TABLE exportRecord (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      subject TEXT,
      runId TEXT,
      path TEXT NOT NULL,
      digest TEXT NOT NULL,
      exportedBy TEXT NOT NULL,
      exportedAt TEXT NOT NULL
    ) STRICT;

    CREATE TABLE recusal (
      id INTEGER PRIMARY KEY,
      firmId INTEGER NOT NULL REFERENCES firm(id),
      officer TEXT NOT NULL,
      because TEXT NOT NULL,
      decidedAt TEXT NOT NULL
    ) STRICT;

    CREATE TABLE purge (
      id INTEGER PRIMARY KEY,
      subject TEXT NOT NULL CHECK (subject IN ('person', 'firm')),
      because TEXT NOT NULL,
      decidedBy TEXT NOT NULL,
      decidedAt TEXT NOT NULL,
      rows INTEGER NOT NULL,
      batches TEXT NOT NULL
    ) STRICT;

    CREATE TABLE journal (
      id INTEGER PRIMARY KEY,
      tableName TEXT NOT NULL,
      rowKey TEXT NOT NULL,
      contentDigest TEXT NOT NULL CHECK (length(contentDigest) = 64),
      at TEXT NOT NULL,
      chain TEXT NOT NULL CHECK (length(chain) = 64)
    ) STRICT;

    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
    + appendOnly.map { table in
      """

      CREATE TRIGGER \(table)Kept BEFORE UPDATE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
      CREATE TRIGGER \(table)NotDeleted BEFORE DELETE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
      """
    }.joined()

  /// Tables that are kept whole: road distances, a national input-output table.
  private static let version2 =
    """
    CREATE TABLE referenceTable (
      id INTEGER PRIMARY KEY,
      batchId INTEGER NOT NULL UNIQUE REFERENCES batch(id) DEFERRABLE INITIALLY DEFERRED,
      heading TEXT NOT NULL,
      content BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER referenceTableKept BEFORE UPDATE ON referenceTable
    BEGIN SELECT RAISE(ABORT, 'facts are never overwritten'); END;
    """

  /// Machine links as rows behind a small index: their evidence is too long for the leaves of a tree
  /// that is kept in the order of its key.
  private static let version3 =
    """
    CREATE TABLE machineLinkRow (
      firmId INTEGER NOT NULL REFERENCES firm(id),
      segmentId TEXT NOT NULL,
      score REAL NOT NULL CHECK (score >= 0 AND score <= 1),
      class TEXT NOT NULL CHECK (class IN ('confirmed', 'uncertain', 'rejected')),
      likelyShare REAL CHECK (likelyShare > 0 AND likelyShare <= 1),
      evidence TEXT NOT NULL,
      PRIMARY KEY (firmId, segmentId)
    ) STRICT;
    INSERT INTO machineLinkRow (firmId, segmentId, score, class, likelyShare, evidence)
      SELECT firmId, segmentId, score, class, likelyShare, evidence FROM machineLink
      ORDER BY firmId, segmentId;
    DROP TABLE machineLink;
    ALTER TABLE machineLinkRow RENAME TO machineLink;
    """

  /// Machine links without their evidence, which is read from the firm's text again when somebody asks:
  /// it was two thirds of a nation's ledger, copied with every backup. What is left fits the leaves.
  private static let version4 =
    """
    CREATE TABLE machineLinkRow (
      firmId INTEGER NOT NULL REFERENCES firm(id),
      segmentId TEXT NOT NULL,
      score REAL NOT NULL CHECK (score >= 0 AND score <= 1),
      class TEXT NOT NULL CHECK (class IN ('confirmed', 'uncertain', 'rejected')),
      likelyShare REAL CHECK (likelyShare > 0 AND likelyShare <= 1),
      PRIMARY KEY (firmId, segmentId)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO machineLinkRow (firmId, segmentId, score, class, likelyShare)
      SELECT firmId, segmentId, score, class, likelyShare FROM machineLink
      ORDER BY firmId, segmentId;
    DROP TABLE machineLink;
    ALTER TABLE machineLinkRow RENAME TO machineLink;
    """
}
