package org.noports.protocol.fuzz;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Each target meets again what the fuzzer found worth keeping, and what once broke it. */
@RunWith(Parameterized.class)
public class CorpusTest {
  private static final Path KEPT = Path.of("src/test/resources/fuzz");

  private interface Target {
    void take(byte[] input) throws Exception;
  }

  private final String name;
  private final Target target;

  public CorpusTest(String name, Target target) {
    this.name = name;
    this.target = target;
  }

  @Parameters(name = "{0}")
  public static List<Object[]> targets() {
    return List.of(
        target("CommandTarget", CommandTarget::fuzzerTestOneInput),
        target("JsonTarget", JsonTarget::fuzzerTestOneInput),
        target("KeyTarget", KeyTarget::fuzzerTestOneInput),
        target("KeyFileTarget", KeyFileTarget::fuzzerTestOneInput),
        target("NotificationTarget", NotificationTarget::fuzzerTestOneInput),
        target("Np2Target", Np2Target::fuzzerTestOneInput),
        target("RelayTarget", RelayTarget::fuzzerTestOneInput),
        target("ResponseTarget", ResponseTarget::fuzzerTestOneInput),
        target("SessionTarget", SessionTarget::fuzzerTestOneInput));
  }

  private static Object[] target(String name, Target target) {
    return new Object[] {name, target};
  }

  @Test
  public void findsNothingNewInWhatIsKept() throws Exception {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(KEPT.resolve(name))) {
      inputs = files.sorted().toList();
    }
    assertTrue("nothing is kept for " + name, !inputs.isEmpty());
    for (Path input : inputs) {
      replay(input);
    }
  }

  private void replay(Path input) throws IOException {
    try {
      target.take(Files.readAllBytes(input));
    } catch (Exception | AssertionError e) {
      throw new AssertionError(name + " on " + input, e);
    }
  }
}
