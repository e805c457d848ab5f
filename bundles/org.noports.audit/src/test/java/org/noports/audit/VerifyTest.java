package org.noports.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditReport;
import org.noports.api.audit.AuditTrail.Noted;
import org.noports.api.identity.Fingerprint;
import org.noports.audit.chain.ChainHead;
import org.noports.audit.chain.KeptLine;
import org.noports.audit.chain.Sha256;
import org.noports.audit.chain.VerifyFiles;
import org.noports.audit.chain.WriteLine;
import org.noports.testkit.Eventually;

/** What a verification finds: every edit, removal, reordering and gap. */
public class VerifyTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private AuditRig rig;

  @Before
  public void start() {
    rig = new AuditRig(folder.getRoot().toPath());
  }

  @After
  public void stop() {
    rig.close();
  }

  @Test
  public void aChainOverFilesAndRestartsIsWholeAndSignedToItsEnd() throws Exception {
    record(40);
    AuditReport report = verifyCopy();
    assertThat(report.findings(), empty());
    assertThat(report.files(), is(greaterThan(3)));
    assertThat(report.signed(), is(report.last()));
    assertThat(report.lines(), is(report.last()));
    assertThat(report.keys().size(), is(1));
  }

  @Test
  public void everyFlippedByteIsFound() throws Exception {
    rig.record("one");
    rig.stop();
    Noted end = end();
    byte[] bytes = Files.readAllBytes(rig.file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) (1 << i % 8);
      assertFound(rig.file, changed, end, "byte " + i);
    }
  }

  @Test
  public void everyRemovedDoubledOrSwappedLineIsFound() throws Exception {
    record(6);
    Noted end = end();
    for (Path file : rig.files()) {
      List<byte[]> lines = lines(Files.readAllBytes(file));
      for (int i = 0; i < lines.size(); i++) {
        String where = "line " + (i + 1) + " of " + file.getFileName();
        List<byte[]> removed = new ArrayList<>(lines);
        removed.remove(i);
        assertFound(file, joined(removed), end, where + " removed");
        List<byte[]> doubled = new ArrayList<>(lines);
        doubled.add(i, lines.get(i));
        assertFound(file, joined(doubled), end, where + " doubled");
        if (i > 0) {
          List<byte[]> swapped = new ArrayList<>(lines);
          Collections.swap(swapped, i - 1, i);
          assertFound(file, joined(swapped), end, where + " swapped");
        }
      }
    }
  }

  @Test
  public void everyRemovedOrSwappedFileIsFound() throws Exception {
    record(40);
    List<Path> files = rig.files();
    Noted end = end();
    for (int i = 0; i < files.size(); i++) {
      List<Path> fewer = new ArrayList<>(files);
      fewer.remove(i);
      assertThat(files.get(i) + " removed", verify(fewer, end).findings(), not(empty()));
      if (i > 0) {
        List<Path> swapped = new ArrayList<>(files);
        Collections.swap(swapped, i - 1, i);
        assertThat(files.get(i) + " swapped", verify(swapped, end).findings(), not(empty()));
      }
    }
  }

  @Test
  public void anEditIsToldByFileLineAndReason() throws Exception {
    record(3);
    Path file = rig.files().get(0);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("s-event-1", "s-event-9"));
    AuditReport report = verifyCopy();
    assertThat(report.findings().size(), is(1));
    assertThat(
        report.findings().get(0).toString(),
        containsString(file + ":4: line 4 of the chain was changed: its hash is of another text"));
  }

  @Test
  public void anEditWithAHashOfItsOwnIsFoundByTheNextLine() throws Exception {
    record(3);
    Path file = rig.files().get(0);
    List<byte[]> lines = lines(Files.readAllBytes(file));
    lines.set(2, forged(lines.get(2)));
    Files.write(file, joined(lines));
    AuditReport report = verifyCopy();
    assertThat(
        report.findings().get(0).toString(),
        containsString(file + ":4: the line before it was changed or replaced"));
  }

  @Test
  public void aCheckpointWithAHashOfItsOwnIsFoundByItsSignature() throws Exception {
    record(3);
    Path file = rig.files().get(rig.files().size() - 1);
    List<byte[]> lines = lines(Files.readAllBytes(file));
    String last = new String(lines.remove(lines.size() - 1), UTF_8);
    String open = last.substring(0, last.indexOf(",\"hash\"")).replace("\"stop\"", "\"time\"");
    lines.add((open + ",\"hash\":\"" + Sha256.of(open.getBytes(UTF_8)) + "\"}\n").getBytes(UTF_8));
    Files.write(file, joined(lines));
    assertThat(
        verifyCopy().findings().get(0).reason(), containsString("signature is not by the key"));
  }

  /** Another text under the same number, with the hash that it has to have. */
  private static byte[] forged(byte[] line) throws Exception {
    KeptLine kept = KeptLine.of(Arrays.copyOf(line, line.length - 1));
    ChainHead before = new ChainHead(kept.head().number() - 1, kept.prev());
    AuditEvent event = new AuditEvent(kept.event().at(), "nothing-happened", Map.of());
    return (WriteLine.next(before, event).text() + "\n").getBytes(UTF_8);
  }

  @Test
  public void aRewrittenChainIsSignedByAnotherKey() throws Exception {
    record(3);
    Fingerprint key = Fingerprint.of(verifyCopy().keys().get(0));
    for (Path file : rig.files()) {
      Files.delete(file);
    }
    Files.delete(folder.getRoot().toPath().resolve("key/head.json"));
    rig.anotherKey();
    rig.start();
    rig.record("forged");
    rig.stop();
    assertThat(verifyCopy().findings(), empty());
    AuditReport report =
        new VerifyFiles(rig.files(), List.of(key), List.of(), false, OptionalLong.empty()).verify();
    assertThat(report.findings().get(0).reason(), containsString("none of the expected keys"));
  }

  @Test
  public void aRewrittenChainThatNobodyHasSignedIsFoundByWhoNamesTheKey() throws Exception {
    record(3);
    Fingerprint key = Fingerprint.of(verifyCopy().keys().get(0));
    AuditEvent event = new AuditEvent(Instant.EPOCH, "nothing-happened", Map.of());
    Path forged = folder.newFile("forged.jsonl").toPath();
    Files.writeString(forged, WriteLine.first(ChainHead.NONE, event).text() + "\n");
    AuditReport report =
        new VerifyFiles(List.of(forged), List.of(key), List.of(), true, OptionalLong.empty())
            .verify();
    assertThat(report.findings().size(), is(1));
    assertThat(report.findings().get(0).reason(), containsString("no expected key has signed"));
  }

  @Test
  public void aCutEndIsFoundByWhatTheInstanceKnows() throws Exception {
    rig.record("one");
    rig.record("two");
    assertThat(rig.verify().findings(), empty());
    byte[] bytes = Files.readAllBytes(rig.file);
    List<byte[]> lines = lines(bytes);
    Files.write(rig.file, joined(lines.subList(0, lines.size() - 1)));
    assertThat(
        rig.verify().findings().get(0).reason(), containsString("is not there, and it had been"));

    rig.record("three");
    AuditReport report = rig.verify();
    assertThat(report.findings().get(0).reason(), containsString("lines 4 to 4"));
  }

  @Test
  public void anEndThatWasCutWhileNobodyWroteIsFoundByTheNumberBesideTheKey() throws Exception {
    rig.record("one");
    rig.stop();
    List<byte[]> lines = lines(Files.readAllBytes(rig.file));
    Files.write(rig.file, joined(lines.subList(0, lines.size() - 2)));

    rig.start();
    rig.record("two");
    assertThat(Files.readString(rig.file), containsString("\"event\":\"audit-cut\""));
    assertThat(
        rig.verify().findings().get(0).reason(),
        containsString("lines 3 to 4 of the chain are missing before this one"));
  }

  @Test
  public void aCutEndIsFoundByALineThatWasNotedElsewhere() throws Exception {
    record(3);
    Noted end = end();
    List<byte[]> lines = lines(Files.readAllBytes(rig.file));
    Files.write(rig.file, joined(lines.subList(0, lines.size() - 1)));
    AuditReport report = verify(rig.files(), end);
    assertThat(report.findings().get(0).reason(), containsString("line " + end));
  }

  @Test
  public void aCrashInTheMiddleOfALineIsHealedAndTold() throws Exception {
    rig.record("one");
    rig.stop();
    Files.writeString(rig.file, "{\"n\":5,\"at\":\"2030-01", StandardOpenOption.APPEND);
    assertThat(verifyCopy().findings(), not(empty()));

    rig.start();
    rig.record("two");
    AuditReport report = rig.verify();
    assertThat(report.findings(), empty());
    assertThat(report.notes().get(0), containsString(":5: cut off by a crash, and healed"));
  }

  @Test
  public void aProcessThatDidNotSayGoodbyeIsTold() throws Exception {
    rig.record("one");
    List<byte[]> lines = lines(Files.readAllBytes(rig.file));
    rig.stop();
    Files.delete(folder.getRoot().toPath().resolve("key/head.json"));
    Files.write(rig.file, joined(lines));
    rig.start();
    rig.record("two");
    AuditReport report = rig.verify();
    assertThat(report.findings(), empty());
    assertThat(report.notes().get(0), containsString("without its last checkpoint"));
  }

  @Test
  public void oldFilesAreRemovedAsTheSettingsSayAndNotMissed() throws Exception {
    rig.settings(1000, Duration.ZERO, 2, Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      rig.record("event-" + i);
    }
    assertThat(rig.files().size(), is(3));
    AuditReport report = rig.verify();
    assertThat(report.findings(), empty());
    assertThat(report.notes().toString(), containsString("were deleted as keepFiles and keepDays"));

    Files.delete(rig.files().get(0));
    assertThat(rig.verify().findings().get(0).reason(), containsString("are missing"));
  }

  @Test
  public void aFileIsBegunEachDayAndKeptAsLongAsItIsSaid() throws Exception {
    rig.settings(1 << 20, Duration.ofHours(24), 0, Duration.ofDays(3));
    for (int day = 0; day < 8; day++) {
      rig.record("day-" + day);
      rig.clock.advance(Duration.ofHours(24));
    }
    Eventually.holds(() -> rig.files().size() < 6);
    assertThat(rig.verify().findings(), empty());
    assertThat(Files.readString(rig.files().get(0)).contains("day-0"), is(false));
    assertThat(Files.readString(rig.file), containsString("day-7"));
  }

  @Test
  public void linesAreSignedWithinTheTimeThatIsSet() throws Exception {
    rig.record("one");
    assertThat(rig.verify().signed(), is(0L));
    rig.clock.advance(Duration.ofSeconds(11));
    Eventually.holds(() -> rig.verify().signed() == rig.verify().last());
  }

  @Test
  public void aClockThatIsSetBackOrForwardDelaysNoSignatureAndBreaksNoChain() throws Exception {
    rig.settings(1 << 20, Duration.ofHours(24), 0, Duration.ZERO);
    rig.record("one");
    rig.clock.advance(Duration.ofHours(-2));
    Eventually.holds(() -> rig.verify().signed() == rig.verify().last());
    rig.record("before one");
    rig.clock.advance(Duration.ofDays(400));
    rig.record("after all");
    int files = rig.files().size();
    assertThat("what is older than a day got its name", files, is(2));
    rig.clock.advance(Duration.ofDays(-800));
    rig.record("before all");
    assertThat("and so did what is still to come", rig.files().size(), is(3));
    rig.stop();
    rig.clock.advance(Duration.ofDays(1));
    rig.start();
    rig.record("in the end");
    assertThat(rig.verify().findings(), empty());
  }

  @Test
  public void nobodyElseSpeaksForTheAudit() throws Exception {
    rig.record("one");
    rig.audit().record(new AuditEvent(AuditRig.NOON, "audit-removed", Map.of("through", "7")));
    Eventually.holds(() -> Files.readString(rig.file).contains("\"other-audit-removed\""));
  }

  /** So many events in files of about two lines each, with a restart among them; then stopped. */
  private void record(int events) throws Exception {
    rig.settings(1500, Duration.ZERO, 0, Duration.ZERO);
    for (int i = 0; i < events; i++) {
      rig.record("event-" + i);
      if (i == events / 2) {
        rig.stop();
        rig.start();
      }
    }
    rig.stop();
  }

  private Noted end() throws Exception {
    AuditReport whole = verifyCopy();
    return new Noted(whole.last(), whole.lastHash());
  }

  private AuditReport verifyCopy() throws Exception {
    return new VerifyFiles(rig.files(), List.of(), List.of(), false, OptionalLong.empty()).verify();
  }

  private static AuditReport verify(List<Path> files, Noted end) throws Exception {
    return new VerifyFiles(files, List.of(), List.of(end), false, OptionalLong.empty()).verify();
  }

  private void assertFound(Path file, byte[] changed, Noted end, String what) throws Exception {
    byte[] before = Files.readAllBytes(file);
    Files.write(file, changed);
    try {
      assertThat(what, verify(rig.files(), end).findings(), not(empty()));
    } finally {
      Files.write(file, before);
    }
  }

  private static List<byte[]> lines(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i + 1));
        start = i + 1;
      }
    }
    return lines;
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    lines.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
