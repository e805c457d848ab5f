package org.noports.api.directory;

import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;

/** The records of an atDirectory that runs here: what its operator registers and removes. */
public interface DirectoryRecords {
  /** Registers or moves an atSign; durable when it returns. */
  void register(AtSign atSign, HostPort atServer) throws StoreFailed;

  /** Removes an atSign; false if there was none. */
  boolean remove(AtSign atSign) throws StoreFailed;

  /** Where this atDirectory answers, with the port that was bound. */
  HostPort address();

  /** All records, ordered by atSign. */
  Map<AtSign, HostPort> all();
}
