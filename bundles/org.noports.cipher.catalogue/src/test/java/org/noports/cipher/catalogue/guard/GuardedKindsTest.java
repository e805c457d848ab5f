package org.noports.cipher.catalogue.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Test;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.SignatureAlgorithm;

/** Key agreements, derivations and signatures of third parties that give out what cannot be. */
public class GuardedKindsTest {
  private static final int LENGTH = 40;

  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final Guard guard =
      new Guard("com.example.bad 1", Duration.ofSeconds(30), (why, lost) -> faults.add(why));
  private int shareLength = LENGTH;
  private byte fill = 7;
  private boolean wiped;
  private final List<Secret> theirs = new CopyOnWriteArrayList<>();

  /** A secret that everybody knows, in lengths that the test says. */
  private final class Open implements KeyAgreement {
    private Secret secret() {
      byte[] bytes = new byte[32];
      Arrays.fill(bytes, fill);
      Secret made = Secret.owning(bytes);
      if (wiped) {
        made.close();
      }
      return kept(made);
    }

    @Override
    public KeyShare generate() {
      byte[] key = new byte[shareLength];
      return new KeyShare() {
        @Override
        public byte[] publicKey() {
          return key;
        }

        @Override
        public Secret open(byte[] encapsulated) {
          return secret();
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) {
      return new Encapsulation(new byte[LENGTH], secret());
    }
  }

  private KeyAgreement agreement() throws Exception {
    return Kind.KEY_AGREEMENT.fence().around(guard, new Open());
  }

  @Test
  public void oneThatKeepsToItIsNotHeardOf() throws Exception {
    KeyAgreement fenced = agreement();
    try (KeyShare share = fenced.generate();
        Encapsulation made = fenced.encapsulate(share.publicKey())) {
      assertArrayEquals(
          made.secret().exposeSecretBytes(), share.open(made.bytes()).exposeSecretBytes());
      assertThrows(IllegalStateException.class, () -> share.open(made.bytes()));
    }
    assertThat(faults, empty());
  }

  @Test
  public void whatAPlugInMadeIsWipedOnceItIsCopied() throws Exception {
    KeyAgreement fenced = agreement();
    try (KeyShare share = fenced.generate();
        Encapsulation made = fenced.encapsulate(share.publicKey());
        Secret opened = share.open(made.bytes())) {
      assertEquals(made.secret().length(), opened.length());
    }
    Secret key = Secret.owning(new byte[32]);
    KeyDerivation derivation = Kind.KEY_DERIVATION.fence().around(guard, new Short());
    derivation.expand(key, new byte[0], 40).close();
    derivation.extract(new byte[0], key).close();
    assertThat(theirs, hasSize(5));
    theirs.forEach(each -> assertThrows(IllegalStateException.class, each::exposeSecretBytes));
    assertEquals("the caller's is the caller's", 32, key.exposeSecretBytes().length);
    assertThat(faults, empty());
  }

  @Test
  public void oneThatGivesOutAWipedSecretIsAFault() throws Exception {
    KeyAgreement fenced = agreement();
    wiped = true;
    assertThat(
        assertThrows(CipherMisbehaved.class, () -> fenced.encapsulate(new byte[LENGTH]))
            .getMessage(),
        containsString("The secret has been wiped"));
  }

  @Test
  public void oneWithoutSeedsSaysSoAndGoesOn() throws Exception {
    KeyAgreement fenced = agreement();
    assertThrows(CipherUnavailable.class, () -> fenced.restore(Secret.owning(new byte[32])));
    assertThat(faults, empty());
    fenced.generate().close();
  }

  @Test
  public void aShareOfAnotherLengthThanBeforeIsAFault() throws Exception {
    KeyAgreement fenced = agreement();
    shareLength--;
    assertThat(
        assertThrows(CipherMisbehaved.class, fenced::generate).getMessage(),
        containsString("A share has 39 bytes instead of 40"));
    assertEquals(1, faults.size());
    assertThrows("it is asked no more", CipherMisbehaved.class, fenced::generate);
    assertThat(faults, contains(containsString("com.example.bad 1")));
  }

  @Test
  public void aSecretOfZerosIsAFault() throws Exception {
    KeyAgreement fenced = agreement();
    fill = 0;
    assertThat(
        assertThrows(CipherMisbehaved.class, () -> fenced.encapsulate(new byte[LENGTH]))
            .getMessage(),
        containsString("all zeros"));
  }

  @Test
  public void whatAPeerSentInAnotherLengthIsThePeersFault() throws Exception {
    KeyAgreement fenced = agreement();
    assertThrows(ProtocolViolation.class, () -> fenced.encapsulate(new byte[LENGTH + 1]));
    KeyShare share = fenced.generate();
    assertThrows(ProtocolViolation.class, () -> share.open(new byte[0]));
    assertThat(faults, empty());
  }

  @Test
  public void aHashOfAnotherLengthAndAKeyThatIsTooShortAreFaults() throws Exception {
    KeyDerivation fenced = Kind.KEY_DERIVATION.fence().around(guard, new Short());
    assertThrows(IllegalArgumentException.class, () -> fenced.expand(secret(), new byte[0], 9999));
    assertThat(faults, empty());
    assertThat(
        assertThrows(CipherMisbehaved.class, () -> fenced.hash(new byte[1])).getMessage(),
        containsString("hash has 31 bytes instead of 32"));
  }

  private static Secret secret() {
    return Secret.owning(new byte[32]);
  }

  private Secret kept(Secret made) {
    theirs.add(made);
    return made;
  }

  private final class Short implements KeyDerivation {
    @Override
    public int hashLength() {
      return 32;
    }

    @Override
    public byte[] hash(byte[]... parts) {
      return new byte[31];
    }

    @Override
    public Secret extract(byte[] salt, Secret keyMaterial) {
      return kept(secret());
    }

    @Override
    public Secret expand(Secret pseudoRandomKey, byte[] info, int length) {
      return kept(Secret.owning(new byte[length]));
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) {
      return new byte[32];
    }
  }

  @Test
  public void aSignatureByNobodyThatIsGoodFailsTheSelfTest() throws Exception {
    SignatureAlgorithm yes =
        Kind.SIGNATURE.fence().around(guard, (key, message, signature) -> true);
    assertThrows(SelfTest.Failed.class, () -> Kind.SIGNATURE.test().of(yes));
  }
}
