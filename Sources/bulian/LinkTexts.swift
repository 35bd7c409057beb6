import Ledger

/// A firm's words as the ledger keeps them; the linker's type has the same name. 台账文本
typealias LedgerFirmText = FirmText
