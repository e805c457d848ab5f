package org.noports.audit.chain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.audit.AuditEvent;

/** The events that the audit records of itself. Nobody else's begin with {@link #OWN}. */
public final class ChainEvents {
  public static final String OWN = "audit-";

  /** The first line of each file. */
  public static final String FILE = "audit-file";

  /** A process began to write. */
  public static final String STARTED = "audit-started";

  /** The line before was cut off in the middle; its bytes stay. */
  public static final String HEALED = "audit-healed";

  /** Lines that had been written are not there any more. */
  public static final String CUT = "audit-cut";

  /** Signs all that is before it. */
  public static final String CHECKPOINT = "audit-checkpoint";

  /** Events came that could not be kept. */
  public static final String GAP = "audit-gap";

  /** An old file is deleted, as the settings say. */
  public static final String REMOVED = "audit-removed";

  /** A file of the format before this one, which had no chain, and what it was. */
  public static final String ADOPTED = "audit-adopted";

  /** The cause of the checkpoint that a process ends with. */
  public static final String STOP = "stop";

  private ChainEvents() {}

  /** An event of that name, with names and values in turn. */
  public static AuditEvent of(Instant now, String name, Object... namesAndValues) {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      details.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
    }
    return new AuditEvent(now, name, details);
  }
}
