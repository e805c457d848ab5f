package org.noports.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The built distribution, unpacked.
 *
 * @param home its folder
 */
public record Distribution(Path home) {
  /** Unpacks the archive into {@code folder}. */
  public static Distribution unpack(Path archive, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.run("tar", "xzf", archive.toString(), "-C", folder.toString(), "--strip-components", "1")
        .orFail();
    return new Distribution(folder);
  }

  /** The program that users call. */
  public Path noports() {
    return home.resolve("bin/noports");
  }
}
