package org.noports.protocol.verb;

/**
 * One command of a client to an atServer (docs/protocol/atprotocol.md 3). Immutable; {@code
 * toString} never shows values or signatures, {@link #toLine} does.
 */
public sealed interface Verb
    permits From,
        Cram,
        Pkam,
        Pol,
        To,
        Lookup,
        PublicLookup,
        LocalLookup,
        Scan,
        Update,
        UpdateMeta,
        Delete,
        Notify,
        NotifyAll,
        NotifyList,
        NotifyQuery,
        Monitor,
        Noop,
        Info,
        Sync,
        Stats,
        Batch,
        ConfigBlock,
        ConfigSetting,
        Enroll,
        Otp,
        Keys,
        LaterVerb {

  /** The canonical command, without a newline: what every generation of atServers accepts. */
  String toLine();

  /**
   * Reads a command: trimmed, in any case, parameters in any order.
   *
   * @param line without its newline
   * @throws VerbFailure with {@link ErrorCode#INVALID_SYNTAX} and a short text, if it is none
   */
  static Verb parse(String line) throws VerbFailure {
    return VerbReader.read(line);
  }
}
