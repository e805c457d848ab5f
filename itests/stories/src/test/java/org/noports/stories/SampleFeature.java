package org.noports.stories;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cipher of {@code samples/cipher} as a feature of somebody else's. */
final class SampleFeature {
  static final String NAME = "example-cipher";

  private SampleFeature() {}

  /** The file of features that has it. */
  static URI write() throws IOException {
    Path file = Files.createTempFile("features", ".xml");
    file.toFile().deleteOnExit();
    String jar = Path.of(System.getProperty("noports.cipherSample")).toUri().toString();
    Files.writeString(
        file,
        "<features name=\"example\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.4.0\">"
            + "<feature name=\""
            + NAME
            + "\" version=\"1.0.0\"><bundle>"
            + jar
            + "</bundle></feature></features>");
    return file.toUri();
  }
}
