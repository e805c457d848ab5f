package org.noports.atserver.host;

import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The atServer meets again what the fuzzer found worth keeping, and what once broke it. */
public class AtServerCorpusTest {
  @BeforeClass
  public static void start() {
    AtServerTarget.fuzzerInitialize();
  }

  @AfterClass
  public static void stop() {
    AtServerTarget.end();
  }

  @Test
  public void answersAllOfItAndTheAtSignNextDoorGoesOn() throws Exception {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/AtServerTarget"))) {
      inputs = files.sorted().toList();
    }
    assertTrue("nothing is kept", !inputs.isEmpty());
    for (Path input : inputs) {
      try {
        AtServerTarget.fuzzerTestOneInput(Files.readAllBytes(input));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("on " + input, e);
      }
    }
  }
}
