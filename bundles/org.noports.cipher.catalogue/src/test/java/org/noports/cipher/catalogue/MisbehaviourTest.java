package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.AlgorithmHandle;
import org.noports.api.cipher.AlgorithmStatus.Standing;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.api.health.Health;

/** Bundles of third parties that throw, hang or lie, and what becomes of them and of the others. */
public class MisbehaviourTest {
  private static final int LENGTH = 100;

  private final FakeFramework framework = new FakeFramework();
  private final LiveCipherCatalogue catalogue = new LiveCipherCatalogue();
  private final BlockingQueue<Departure> departures = new LinkedBlockingQueue<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final FakeFramework.Installed foreign = framework.install("com.example.bad", "test:bad");
  private final AtomicReference<Trick> trick = new AtomicReference<>((in, out) -> {});
  private int ids;

  /** What the plug-in does besides sealing. */
  private interface Trick {
    void with(ByteBuffer source, ByteBuffer target);
  }

  private final class Tricky extends XorCipher {
    @Override
    void afterRecord(ByteBuffer source, ByteBuffer target) {
      trick.get().with(source, target);
    }
  }

  private final class Leaver implements CipherUser {
    @Override
    public Map<Provider, Integer> usage() {
      return Map.of();
    }

    @Override
    public CompletionStage<Outcome> leave(Departure departure) {
      departures.add(departure);
      return CompletableFuture.completedFuture(Outcome.NOTHING);
    }
  }

  @Before
  public void begin() {
    catalogue.activate(framework.context(), FakeConfig.DEFAULT);
    catalogue.bindUser(new Leaver());
  }

  @After
  public void letGo() {
    never.countDown();
  }

  private FakeReference<RecordCipher> bring(
      FakeFramework.Installed bundle, String name, RecordCipher cipher) {
    var reference =
        new FakeReference<RecordCipher>(
            Map.of(RecordCipher.ALGORITHM, name), 0, ++ids, bundle.bundle);
    catalogue.bindPlugIn(reference, cipher);
    return reference;
  }

  private RecordSeal sealing(String name) throws CipherUnavailable {
    return catalogue.recordCipher(name).sealing(Secret.owning(new byte[16]));
  }

  private static byte[] sealed(RecordSeal seal) {
    ByteBuffer out = ByteBuffer.allocate(LENGTH + 16);
    seal.seal(new byte[12], ByteBuffer.allocate(4), ByteBuffer.wrap(new byte[LENGTH]), out);
    return out.array();
  }

  private void hang(ByteBuffer source, ByteBuffer target) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        never.await();
        interrupted = false;
      } catch (InterruptedException e) {
        // Whoever hangs does not listen, either.
        interrupted = true;
      }
    }
  }

  /** Seals once with the trick, and says how that failed. */
  private CipherMisbehaved failure(Trick with) throws Exception {
    trick.set((in, out) -> {});
    bring(foreign, "tricky", new Tricky());
    RecordSeal seal = sealing("tricky");
    sealed(seal);
    trick.set(with);
    var thrown = assertThrows(IllegalStateException.class, () -> sealed(seal));
    assertThat(thrown.getCause(), instanceOf(CipherMisbehaved.class));
    return (CipherMisbehaved) thrown.getCause();
  }

  private void isQuarantined() throws Exception {
    assertThat(catalogue.present(), empty());
    assertEquals(Standing.QUARANTINED, catalogue.algorithms().get(0).standing());
    assertThrows(CipherUnavailable.class, () -> sealing("tricky"));
    Departure departure = departures.poll(30, TimeUnit.SECONDS);
    assertTrue("its sessions were asked to leave", departure != null);
    assertEquals(Departure.Reason.MISBEHAVED, departure.reason());
    assertThat(departure.providers(), hasSize(1));
  }

  @Test
  public void oneThatThrowsIsQuarantined() throws Exception {
    CipherMisbehaved failure =
        failure(
            (in, out) -> {
              throw new UnsupportedOperationException("not today");
            });
    assertThat(
        failure.getMessage(),
        containsString("com.example.bad 0.0.0 broke its contract: seal threw"));
    assertThat(failure.getMessage(), containsString("not today"));
    isQuarantined();
  }

  @Test
  public void oneThatThrowsAnErrorIsQuarantined() throws Exception {
    failure(
        (in, out) -> {
          throw new StackOverflowError();
        });
    isQuarantined();
  }

  @Test
  public void oneThatHangsIsQuarantined() throws Exception {
    CipherMisbehaved failure = failure(this::hang);
    assertThat(failure.getMessage(), containsString("seal did not return within 1000 ms"));
    isQuarantined();
  }

  @Test
  public void oneThatGivesOutTooLittleIsQuarantined() throws Exception {
    assertThat(
        failure((in, out) -> out.position(out.position() - 1)).getMessage(),
        containsString("seal gave out 115 bytes instead of 116"));
    isQuarantined();
  }

  @Test
  public void oneThatLeavesContentUnreadIsQuarantined() throws Exception {
    assertThat(
        failure((in, out) -> in.position(in.position() - 3)).getMessage(),
        containsString("seal left 3 bytes unread"));
    isQuarantined();
  }

  @Test
  public void oneThatWritesPastItsEndIsQuarantined() throws Exception {
    assertThat(
        failure((in, out) -> out.put((byte) 1)).getMessage(),
        containsString("BufferOverflowException"));
    isQuarantined();
  }

  @Test
  public void whatItWritesLaterReachesNobody() throws Exception {
    AtomicReference<ByteBuffer> kept = new AtomicReference<>();
    trick.set((in, out) -> kept.set(out));
    bring(foreign, "tricky", new Tricky());
    byte[] record = sealed(sealing("tricky"));
    byte[] before = record.clone();
    kept.get().clear().put(new byte[LENGTH]);
    assertArrayEquals(before, record);
  }

  @Test
  public void theOthersGoOn() throws Exception {
    var other = framework.install("com.example.good", "test:good");
    bring(other, "good", new XorCipher());
    RecordSeal seal = sealing("good");
    failure((in, out) -> out.clear());
    assertEquals(LENGTH + 16, sealed(seal).length);
    assertEquals(LENGTH + 16, sealed(sealing("good")).length);
    assertThat(catalogue.present().stream().map(each -> each.name()).toList(), contains("good"));
    assertEquals(Health.Status.DEGRADED, catalogue.check().status());
    assertThat(catalogue.check().message(), containsString("tricky is not offered: "));
  }

  @Test
  public void itComesBackWhenItsBundleIsUpdatedAndNotWhenItIsStarted() throws Exception {
    failure((in, out) -> out.position(0));
    trick.set((in, out) -> {});
    bring(foreign, "tricky", new Tricky());
    assertThat(catalogue.present(), empty());
    foreign.changed++;
    bring(foreign, "tricky", new Tricky());
    assertEquals(LENGTH + 16, sealed(sealing("tricky")).length);
  }

  @Test
  public void afterThreeLostThreadsItIsNotOfferedAgainWhateverIsUpdated() throws Exception {
    for (int round = 0; round < 3; round++) {
      failure(this::hang);
      foreign.changed++;
    }
    trick.set((in, out) -> {});
    bring(foreign, "tricky", new Tricky());
    assertThat(catalogue.present(), empty());
    assertThat(catalogue.check().message(), containsString("No algorithm is offered"));
    assertThat(
        catalogue.algorithms().get(0).why(), containsString("3 threads that never came back"));
  }

  @Test
  public void oneWhoseLengthsCannotBeIsNotOffered() {
    bring(
        foreign,
        "tricky",
        new XorCipher() {
          @Override
          public int tagLength() {
            return 1 << 20;
          }
        });
    assertThat(catalogue.present(), empty());
    assertThat(catalogue.algorithms().get(0).why(), containsString("tag of 1048576 bytes"));
  }

  @Test
  public void oneThatFindsNoChangeFailsItsTestAlsoIfItIsOurs() {
    var ours = framework.install("org.noports.cipher.test", "test:ours");
    RecordCipher blind =
        new XorCipher() {
          @Override
          public RecordOpen opening(Secret key) {
            var seal = sealing(key);
            return new RecordOpen() {
              @Override
              public void open(byte[] nonce, ByteBuffer additional, ByteBuffer in, ByteBuffer out) {
                ByteBuffer content = in.slice(in.position(), in.remaining() - 16);
                ByteBuffer opened = ByteBuffer.allocate(in.remaining());
                seal.seal(nonce, additional, content, opened);
                out.put(opened.array(), 0, out.remaining());
                in.position(in.limit());
              }

              @Override
              public void close() {
                seal.close();
              }
            };
          }
        };
    bring(ours, "blind", blind);
    assertThat(catalogue.present(), empty());
    assertThat(
        catalogue.algorithms().get(0).why(),
        containsString("a record with a changed bit was opened"));
    assertEquals(Standing.REFUSED, catalogue.algorithms().get(0).standing());
  }

  @Test
  public void oursIsHandedOutAsItIs() throws Exception {
    var ours = framework.install("org.noports.cipher.test", "test:ours");
    var cipher = new XorCipher();
    bring(ours, "ours", cipher);
    var handle = (AlgorithmHandle<?>) catalogue.recordCipher("ours");
    assertSame(cipher, handle.held().plugIn());
  }

  @Test
  public void whatWasDroppedUnderANameOfOursDoesNotTakeThePlaceOfOurs() throws Exception {
    var cipher = new XorCipher();
    bring(framework.install("org.noports.cipher.test", "mvn:ours"), "same", cipher);
    for (String scheme : new String[] {"file:", "wrap:file:", "jardir:"}) {
      String location = scheme + FakeFramework.BASE + "/deploy/cipher.jar";
      var dropped = framework.install("org.noports.cipher.test", location);
      catalogue.bindPlugIn(
          new FakeReference<RecordCipher>(
              Map.of(RecordCipher.ALGORITHM, "same"), 1000, ++ids, dropped.bundle),
          new Tricky());
    }
    assertSame(cipher, ((AlgorithmHandle<?>) catalogue.recordCipher("same")).held().plugIn());
    assertEquals(
        List.of(false, true, true, true),
        catalogue.algorithms().stream().map(each -> each.algorithm().foreign()).toList());
  }

  @Test
  public void aNameThatSaysALevelIsTakenFromOursOnly() {
    for (String name : new String[] {"aes256gcm", "chacha20poly1305"}) {
      bring(foreign, name, new Tricky());
    }
    assertThat(catalogue.present(), empty());
    assertThat(
        catalogue.algorithms().get(0).why(),
        containsString("record algorithm aes256gcm is taken from the bundles that come with"));
    bring(framework.install("org.noports.cipher.test", "mvn:ours"), "aes256gcm", new XorCipher());
    assertThat(catalogue.present(), hasSize(1));
  }

  @Test
  public void aThirdPartyDoesNotTakeThePlaceOfOursWhateverItsRanking() throws Exception {
    var ours = framework.install("org.noports.cipher.test", "test:ours");
    var cipher = new XorCipher();
    catalogue.bindPlugIn(
        new FakeReference<RecordCipher>(
            Map.of(RecordCipher.ALGORITHM, "same"), 1000, ++ids, foreign.bundle),
        new Tricky());
    var reference = bring(ours, "same", cipher);
    var handle = (AlgorithmHandle<?>) catalogue.recordCipher("same");
    assertSame(cipher, handle.held().plugIn());
    catalogue.unbindPlugIn(reference);
    assertEquals(LENGTH + 16, sealed(sealing("same")).length);
  }

  @Test
  public void aBundleThatIsNotNamedBringsNothingAndIsAskedNothing() {
    catalogue.apply(FakeConfig.DEFAULT.plugIns("com.example.good"));
    trick.set(
        (in, out) -> {
          throw new AssertionError("it was called");
        });
    bring(foreign, "tricky", new Tricky());
    assertThat(catalogue.present(), empty());
    assertThat(
        catalogue.algorithms().get(0).why(),
        containsString("com.example.bad is not among plugIns"));
    trick.set((in, out) -> {});
    catalogue.apply(FakeConfig.DEFAULT.plugIns("com.example.good, com.example.bad"));
    assertThat(catalogue.present(), hasSize(1));
    catalogue.apply(FakeConfig.DEFAULT.plugIns("com.example.good"));
    assertThat(catalogue.present(), empty());
  }
}
