package org.noports.ssh.client.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One end of a copy. */
interface Side {
  /** Why something failed, as far as a person can act on it. */
  enum Reason {
    MISSING,
    FORBIDDEN,
    FULL,
    READ_ONLY,
    GONE,
    OTHER
  }

  /** For messages: {@code here}, {@code at dev1@device}. */
  String title();

  /** What is there, behind links; empty if nothing is. */
  Optional<Entry> look(String path) throws IOException;

  /** Where a path leads when it is a link; itself otherwise. */
  String behindLinks(String path) throws IOException;

  /** A folder as it really is, so that one can be seen to be in itself. */
  String real(String path) throws IOException;

  /** The names in a folder, as they are told; not to be trusted. */
  List<String> names(String folder) throws IOException;

  InputStream read(String path) throws IOException;

  /** Makes a file that nobody else reads; it must not be there. */
  OutputStream make(String path) throws IOException;

  /** Writes into what is there and is no file. */
  OutputStream into(String path) throws IOException;

  void makeFolder(String path) throws IOException;

  /** The permissions that a new file or folder may have here, of those that are wanted. */
  int permitted(int mode) throws IOException;

  /** Gives it its permissions, and its time if there is one. */
  void settle(String path, int mode, Optional<Instant> modified) throws IOException;

  /** Gives a whole file its name, in one step. */
  void rename(String whole, String name) throws IOException;

  void remove(String path) throws IOException;

  String join(String folder, String name);

  /** The last part of a path. */
  String name(String path) throws IOException;

  Reason why(IOException failure, String path);
}
