package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.file.Path;
import org.noports.api.AtSign;
import org.noports.api.SessionId;

/** What is to be told of keys. */
public interface KeyEvents {
  /** A session's key was authorised. */
  void granted(SessionId session, Path file);

  /** A key that a former run had left, or that could not be taken back in time, has gone. */
  void recovered(Path file);

  /** A key stays although its time is over. */
  void notTakenBack(IOException why);

  /** A line that somebody appended while the file was replaced may be lost. */
  void notBroughtOver(Path file, IOException why);

  /** A client left its key, or had before. */
  void publicKeyAdded(AtSign client, boolean added);
}
