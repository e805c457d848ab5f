package org.noports.directory.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * By what a file is known to be the same as the last time.
 *
 * @param changed when it was last written
 * @param bytes its length; -1 if it is missing or cannot be looked at
 * @param identity of the file behind the name, where the system has one
 */
record FileMark(FileTime changed, long bytes, String identity) {
  /** Differs from that of every file, a missing one too. */
  static final FileMark NONE = new FileMark(FileTime.fromMillis(0), -2, "");

  static FileMark of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileMark(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
    } catch (IOException e) {
      // Missing or out of reach: reading it will say which.
      return new FileMark(FileTime.fromMillis(0), -1, "");
    }
  }

  boolean isMissing() {
    return bytes < 0;
  }
}
