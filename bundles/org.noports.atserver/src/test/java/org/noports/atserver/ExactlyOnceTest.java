package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.BOB;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.toBob;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.health.Health;
import org.noports.testkit.Eventually;

/** What was told while a process was away is processed once, and so is what came before. */
public class ExactlyOnceTest {
  private static final String BOBS_HEALTH = "org.noports.atserver/@bob";

  @Rule public final TwoAtSigns two = new TwoAtSigns();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private AtServerSession alice;
  private Path file;

  @Before
  public void aliceTells() throws Exception {
    alice = two.session(ALICE);
    file = folder.getRoot().toPath().resolve("heard/bob.heard");
  }

  @Test
  public void aRestartHearsWhatItMissedAndNothingTwice() throws Exception {
    hears("before", "before");
    get(alice.notify(toBob("2.sshnp", "missed")));
    assertThat(first(restarted()).value(), is("missed"));
    hears("after", "after");
  }

  @Test
  public void aHalfWrittenLineIsLeftOut() throws Exception {
    hears("before", "before");
    Files.writeString(file, "17000000 @ali", StandardOpenOption.APPEND);
    hears("after", "after");
  }

  @Test
  public void aFileInANewerFormatIsLeftAloneAndHearingGoesOn() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "noports-heard 2\nwho knows\n");
    hears("heard", "heard");
    assertThat(Files.readString(file), is("noports-heard 2\nwho knows\n"));
  }

  @Test
  public void aFolderThatCannotBeWrittenKeepsNobodyFromHearing() throws Exception {
    Files.writeString(
        folder.getRoot().toPath().resolve("heard"), "a file where a folder should be");
    hears("heard", "heard");
    Eventually.holds(
        () -> two.health.get(BOBS_HEALTH).check().message().contains("may process it"));
    assertThat(two.health.get(BOBS_HEALTH).check().status(), is(Health.Status.DEGRADED));
  }

  @Test
  public void theFileDoesNotGrowForever() throws Exception {
    HeardFile grown = new HeardFile(file.getParent(), BOB);
    for (int i = 0; i < 3 * Heard.REMEMBERED; i++) {
      grown.append(new HeardFile.Line(i, "@alice id" + i));
    }
    assertThat(grown.full(), is(true));
    hears("one more", "one more");
    assertThat(Files.readAllLines(file).size() <= Heard.REMEMBERED + 1, is(true));
  }

  /** A session after a restart hears {@code wanted}, said now, as the first and the only thing. */
  private void hears(String said, String wanted) throws Exception {
    AtServerSession bob = restarted();
    BlockingQueue<Notification> inbox = two.inbox(bob);
    get(alice.notify(toBob("1.sshnp", said)));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is(wanted));
    assertThat(inbox.poll(), nullValue());
  }

  private Notification first(AtServerSession bob) throws Exception {
    return two.inbox(bob).poll(60, TimeUnit.SECONDS);
  }

  private AtServerSession restarted() throws Exception {
    two.stopOthers();
    AtServerSettings settings =
        new AtServerSettings(
            List.of(Path.of("src/test/resources/tls/ca.pem")),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ZERO,
            Optional.of(folder.getRoot().toPath().resolve("heard")));
    SharedAtServers fresh = two.connecting(settings);
    two.alsoStop(fresh);
    AtServerSession bob = get(fresh.session(BOB));
    two.world.await("@bob> monitor:");
    return bob;
  }
}
