package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.health.Health;
import org.noports.cipher.catalogue.guard.Kind;
import org.noports.cipher.catalogue.plugin.Origin;

/** Plug-ins come and go as a framework would make them, seen through the handles. */
public class LiveCipherCatalogueTest {
  private static final Secret KEY = Secret.owning(new byte[1]);

  private final LiveCipherCatalogue catalogue = OpenGate.catalogue();

  /** A cipher whose streams write its mark. */
  private record Marking(byte mark) implements StreamCipher {
    @Override
    public int keyLength() {
      return 1;
    }

    @Override
    public int ivLength() {
      return 2;
    }

    @Override
    public KeyStream start(Secret key, byte[] iv) {
      return new KeyStream() {
        @Override
        public void apply(ByteBuffer source, ByteBuffer destination) {
          while (source.hasRemaining()) {
            source.get();
            destination.put(mark);
          }
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }
  }

  private static <S> FakeReference<S> reference(String property, String name, int ranking, int id) {
    return new FakeReference<>(
        Map.of(property, name, PresentAlgorithm.ENGINE, "test engine " + id), ranking, id);
  }

  private FakeReference<StreamCipher> install(String name, int ranking, int id) {
    FakeReference<StreamCipher> reference = reference(StreamCipher.ALGORITHM, name, ranking, id);
    catalogue.bindPlugIn(reference, new Marking((byte) id));
    return reference;
  }

  private static byte mark(StreamCipher cipher) throws CipherUnavailable {
    return mark(cipher.start(KEY, new byte[2]));
  }

  private static byte mark(KeyStream stream) {
    ByteBuffer out = ByteBuffer.allocate(1);
    stream.apply(ByteBuffer.allocate(1), out);
    return out.get(0);
  }

  @Test
  public void namesWhatIsMissingAndWhatIsThere() {
    install("chacha20", 0, 1);
    var failure =
        assertThrows(CipherUnavailable.class, () -> mark(catalogue.streamCipher("aes-256-ctr")));
    assertThat(failure.getMessage(), containsString("'aes-256-ctr'"));
    assertThat(failure.getMessage(), containsString("present: chacha20"));
  }

  @Test
  public void failsByNameForEachKindWhileNothingIsInstalled() {
    var transport = catalogue.keyTransport(KeyTransport.RSA_2048);
    var signature = catalogue.signature(SignatureAlgorithm.RSA_2048_SHA_256);
    assertThat(
        assertThrows(CipherUnavailable.class, transport::generate).getMessage(),
        containsString("rsa2048"));
    assertThrows(CipherUnavailable.class, () -> transport.wrap("", new byte[0]));
    assertThrows(CipherUnavailable.class, () -> signature.verifies("", new byte[0], new byte[0]));
  }

  @Test
  public void aHandleHeldFromTheBeginningHealsWhenThePlugInArrives() throws Exception {
    StreamCipher handle = catalogue.streamCipher("x");
    assertThrows(CipherUnavailable.class, () -> mark(handle));
    install("x", 0, 7);
    assertEquals(7, mark(handle));
    assertEquals(1, handle.keyLength());
    assertEquals(2, handle.ivLength());
  }

  @Test
  public void whatWasStartedGoesOnWhenThePlugInLeaves() throws Exception {
    FakeReference<StreamCipher> reference = install("x", 0, 7);
    StreamCipher handle = catalogue.streamCipher("x");
    KeyStream started = handle.start(KEY, new byte[2]);
    catalogue.unbindPlugIn(reference);
    assertThrows(CipherUnavailable.class, () -> mark(handle));
    assertEquals(7, mark(started));
    assertEquals("lengths stay known", 1, handle.keyLength());
  }

  @Test
  public void theHighestRankingWinsThenTheOldest() throws Exception {
    StreamCipher handle = catalogue.streamCipher("x");
    install("x", 0, 1);
    FakeReference<StreamCipher> better = install("x", 10, 2);
    install("x", 0, 3);
    assertEquals(2, mark(handle));
    catalogue.unbindPlugIn(better);
    assertEquals(1, mark(handle));
    assertArrayEquals(
        new String[] {"test engine 1", "test engine 3"},
        catalogue.present().stream().map(PresentAlgorithm::engine).toArray());
  }

  @Test
  public void aChangedRankingCountsFromThenOn() throws Exception {
    install("x", 5, 1);
    install("x", 0, 2);
    StreamCipher handle = catalogue.streamCipher("x");
    FakeReference<StreamCipher> demoted = reference(StreamCipher.ALGORITHM, "x", -5, 1);
    catalogue.unbindPlugIn(reference(StreamCipher.ALGORITHM, "x", 5, 1));
    catalogue.updatedPlugIn(demoted, new Marking((byte) 1));
    assertEquals(2, mark(handle));
  }

  @Test
  public void whatGoesWhileItIsTriedAgainDoesNotComeBack() {
    var trying = new AtomicReference<Runnable>(() -> {});
    var other =
        new LiveCipherCatalogue(
            it ->
                new Gate() {
                  @Override
                  public <T> Admitted<T> admit(
                      Kind<T> kind, Registration from, PresentAlgorithm what, T plugIn) {
                    trying.get().run();
                    return new Admitted<>(plugIn, Optional.empty());
                  }

                  @Override
                  public Optional<String> quarantined(Origin origin) {
                    return Optional.empty();
                  }
                });
    other.apply(FakeConfig.DEFAULT);
    FakeReference<StreamCipher> reference = reference(StreamCipher.ALGORITHM, "x", 0, 1);
    other.bindPlugIn(reference, new Marking((byte) 1));
    trying.set(() -> other.unbindPlugIn(reference));
    other.apply(FakeConfig.DEFAULT.plugIns("com.example.cipher"));
    assertEquals(List.of(), other.present());
  }

  @Test
  public void ignoresAPlugInWithoutAName() {
    catalogue.bindPlugIn(new FakeReference<>(Map.of(), 0, 1), new Marking((byte) 1));
    assertEquals(List.of(), catalogue.present());
    assertEquals(Health.Status.DOWN, catalogue.check().status());
    install("x", 0, 2);
    assertEquals(Health.Status.OK, catalogue.check().status());
    assertThat(catalogue.check().message(), containsString("x (test engine 2)"));
  }

  @Test
  public void aReaderSeesOnlyWholeStatesWhilePlugInsComeAndGo() throws Exception {
    StreamCipher handle = catalogue.streamCipher("x");
    install("x", 0, 1);
    var done = new AtomicBoolean();
    var readers = new ArrayList<CompletableFuture<Void>>();
    for (int reader = 0; reader < 4; reader++) {
      readers.add(CompletableFuture.runAsync(() -> readUntil(done, handle)));
    }
    for (int round = 0; round < 2000; round++) {
      catalogue.unbindPlugIn(install("x", 10, 2));
    }
    done.set(true);
    for (var reader : readers) {
      reader.get(60, TimeUnit.SECONDS);
    }
    assertEquals(1, mark(handle));
  }

  private static void readUntil(AtomicBoolean done, StreamCipher handle) {
    try {
      while (!done.get()) {
        byte mark = mark(handle);
        if (mark != 1 && mark != 2) {
          throw new AssertionError("a provider that was never there: " + mark);
        }
      }
    } catch (CipherUnavailable e) {
      throw new AssertionError("one provider was there all the time", e);
    }
  }
}
