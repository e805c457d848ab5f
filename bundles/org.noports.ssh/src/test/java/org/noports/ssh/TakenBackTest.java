package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.SessionId;
import org.noports.api.health.Health;
import org.noports.api.ssh.AuthorizedKeys.Granted;

public class TakenBackTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path file;
  private SessionKeys keys;

  @Before
  public void start() throws Exception {
    file = folder.getRoot().toPath().resolve("authorized_keys");
    keys = new SessionKeys(folder.getRoot().toPath().resolve("granted"), Duration.ofMillis(50));
    keys.configure(TestConfiguration.of(Map.of("authorizedKeys", file.toString())));
  }

  @After
  public void stop() {
    keys.stop();
  }

  @Test
  public void aKeyThatCannotBeTakenBackGoesAsSoonAsItCan() throws Exception {
    Files.writeString(file, "mine\n");
    Granted granted = keys.grant(SessionId.random());
    Path aside = Files.move(file, file.resolveSibling("aside"));
    Files.createSymbolicLink(file, aside);
    granted.close();
    assertThat(keys.check().message(), containsString("is a symbolic link"));
    // At once: a try in between would find nothing there, and nothing to take back.
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    await(() -> Files.readString(file).equals("mine\n"));
    await(() -> keys.check().status() == Health.Status.OK);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.call(), equalTo(true));
  }
}
