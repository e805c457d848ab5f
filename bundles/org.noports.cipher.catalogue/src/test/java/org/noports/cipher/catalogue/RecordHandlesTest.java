package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.Subscription;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;

/** NP2's three kinds come and go, seen through the handles. */
public class RecordHandlesTest {
  private static final Secret SECRET = Secret.owning(new byte[] {1});

  private final LiveCipherCatalogue catalogue = OpenGate.catalogue();

  /** Seals by copying, and has the lengths of no other. */
  private static final class Copying implements RecordCipher {
    @Override
    public int keyLength() {
      return 1;
    }

    @Override
    public int nonceLength() {
      return 2;
    }

    @Override
    public int tagLength() {
      return 3;
    }

    @Override
    public RecordSeal sealing(Secret key) {
      return new RecordSeal() {
        @Override
        public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer out) {
          out.put(clear);
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }

    @Override
    public RecordOpen opening(Secret key) {
      return new RecordOpen() {
        @Override
        public void open(byte[] nonce, ByteBuffer additional, ByteBuffer sealed, ByteBuffer out) {
          out.put(sealed);
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }
  }

  private static final class Known implements KeyAgreement {
    @Override
    public KeyShare generate() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) {
      return new Encapsulation(publicKey, Secret.copyOf(publicKey));
    }
  }

  private static final class Constant implements KeyDerivation {
    @Override
    public int hashLength() {
      return 9;
    }

    @Override
    public byte[] hash(byte[]... parts) {
      return new byte[] {4};
    }

    @Override
    public Secret extract(byte[] salt, Secret keyMaterial) {
      return Secret.owning(new byte[] {5});
    }

    @Override
    public Secret expand(Secret pseudoRandomKey, byte[] info, int length) {
      return Secret.owning(new byte[length]);
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) {
      return new byte[] {6};
    }
  }

  private static <S> FakeReference<S> reference(String property) {
    return new FakeReference<>(Map.of(property, "x", PresentAlgorithm.ENGINE, "test"), 0, 1);
  }

  @Test
  public void eachKindFailsByNameWhileNothingIsInstalled() {
    var cipher = catalogue.recordCipher("x");
    var agreement = catalogue.keyAgreement("x");
    var derivation = catalogue.keyDerivation("x");
    assertThat(
        assertThrows(CipherUnavailable.class, () -> cipher.sealing(SECRET)).getMessage(),
        containsString("The record algorithm 'x' is not present here"));
    assertThrows(CipherUnavailable.class, () -> cipher.opening(SECRET));
    assertThat(
        assertThrows(CipherUnavailable.class, agreement::generate).getMessage(),
        containsString("key-agreement"));
    assertThrows(CipherUnavailable.class, () -> agreement.encapsulate(new byte[1]));
    assertThat(
        assertThrows(CipherUnavailable.class, () -> derivation.hash(new byte[1])).getMessage(),
        containsString("key-derivation"));
    assertEquals(0, cipher.tagLength() + derivation.hashLength());
  }

  @Test
  public void aHandleHealsWhenItsPlugInArrivesAndKeepsLengthsWhenItGoes() throws Exception {
    RecordCipher handle = catalogue.recordCipher("x");
    KeyDerivation derivation = catalogue.keyDerivation("x");
    FakeReference<RecordCipher> reference = reference(RecordCipher.ALGORITHM);
    FakeReference<KeyDerivation> hkdf = reference(KeyDerivation.ALGORITHM);
    catalogue.bindPlugIn(reference, new Copying());
    catalogue.bindPlugIn(hkdf, new Constant());
    assertEquals(1, handle.keyLength());
    RecordSeal seal = handle.sealing(SECRET);
    assertEquals(9, derivation.hashLength());
    assertArrayEquals(new byte[] {6}, derivation.authenticate(SECRET));
    catalogue.unbindPlugIn(reference);
    catalogue.unbindPlugIn(hkdf);
    assertEquals(2, handle.nonceLength());
    assertEquals(3, handle.tagLength());
    assertEquals(9, derivation.hashLength());
    assertThrows(CipherUnavailable.class, () -> handle.opening(SECRET));
    ByteBuffer out = ByteBuffer.allocate(1);
    seal.seal(new byte[2], ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {8}), out);
    assertEquals(8, out.get(0));
  }

  @Test
  public void whatIsPresentIsListedByKind() throws Exception {
    catalogue.bindPlugIn(reference(KeyAgreement.ALGORITHM), new Known());
    catalogue.bindPlugIn(reference(RecordCipher.ALGORITHM), new Copying());
    assertThat(
        catalogue.present().stream().map(PresentAlgorithm::kind).toList(),
        contains(PresentAlgorithm.RECORD, PresentAlgorithm.KEY_AGREEMENT));
    Encapsulation made = catalogue.keyAgreement("x").encapsulate(new byte[] {3});
    assertArrayEquals(new byte[] {3}, made.bytes());
  }

  @Test
  public void arrivalsAndDeparturesAreHeardUntilNobodyListens() {
    AtomicInteger heard = new AtomicInteger();
    Subscription subscription = catalogue.onChange(heard::incrementAndGet);
    FakeReference<KeyAgreement> reference = reference(KeyAgreement.ALGORITHM);
    catalogue.bindPlugIn(reference, new Known());
    assertThat(heard.get(), is(1));
    catalogue.unbindPlugIn(reference);
    assertThat(heard.get(), is(2));
    subscription.close();
    catalogue.bindPlugIn(reference, new Known());
    assertThat(heard.get(), is(2));
  }
}
