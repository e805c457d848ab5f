package org.noports.store.mvstore.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a store. Bytes count as kept once {@link FileChannel#force} of their channel has
 * returned, names once {@link #forceNames} of their folder has. Thread-safe.
 */
public interface Disk {
  /** Opens a file for reading and writing; makes it, for its owner only, if it is missing. */
  FileChannel open(Path file) throws IOException;

  boolean exists(Path file) throws IOException;

  /** The files in {@code folder} whose names begin with {@code prefix}, in order of their names. */
  List<Path> list(Path folder, String prefix) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Gives a file another name in the same folder, in place of whatever had it. */
  void move(Path from, Path to) throws IOException;

  /** Waits until the folder's names are kept. */
  void forceNames(Path folder) throws IOException;

  /** How many bytes may still be written in {@code folder}. */
  long room(Path folder) throws IOException;
}
