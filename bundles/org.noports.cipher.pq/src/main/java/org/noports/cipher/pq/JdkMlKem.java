package org.noports.cipher.pq;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.DestroyFailedException;
import org.noports.api.CipherUnavailable;

/** ML-KEM as the JDK computes it from version 24 on, in two thirds of Bouncy Castle's time. */
final class JdkMlKem implements MlKemEngine {
  private static final String PROVIDER = "SunJCE";

  /** What stands before a key in its X.509 form (FIPS 203's identifiers, RFC 9935 4). */
  private static final Map<String, byte[]> X509 =
      Map.of(
          MlKem.NAME_768, HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100"),
          MlKem.NAME_1024,
              HexFormat.of().parseHex("30820632300b0609608648016503040403038206" + "2100"));

  private final Provider provider = own().orElseThrow();

  private static Optional<Provider> own() {
    return Optional.ofNullable(Security.getProvider(PROVIDER));
  }

  /** Whether this JDK's own provider has it. */
  static boolean isHere() {
    return JdkKem.isHere()
        && own().filter(it -> it.getService("KEM", MlKem.NAME_768) != null).isPresent();
  }

  @Override
  public Pair pair(MlKem set, byte[] seed) throws CipherUnavailable {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(set.name(), provider);
      generator.initialize(new NamedParameterSpec(set.name()), new Drawn(seed));
      return new Keys(set, provider, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw cannot(e);
    }
  }

  private record Keys(MlKem set, Provider provider, KeyPair pair) implements Pair {
    @Override
    public byte[] publicKey() {
      byte[] encoded = pair.getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - set.publicKey(), encoded.length);
    }

    @Override
    public byte[] open(byte[] ciphertext) throws CipherUnavailable {
      try {
        return JdkKem.decapsulate(set.name(), provider, pair.getPrivate(), ciphertext);
      } catch (GeneralSecurityException e) {
        throw cannot(e);
      }
    }

    @Override
    public void wipe() {
      PrivateKey key = pair.getPrivate();
      try {
        key.destroy();
      } catch (DestroyFailedException e) {
        // A JDK that cannot overwrite it: nobody holds it any more.
        return;
      }
    }

    @Override
    public String toString() {
      return "Keys";
    }
  }

  @Override
  public Made encapsulate(MlKem set, byte[] publicKey, byte[] random) throws CipherUnavailable {
    byte[] prefix = X509.get(set.name());
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + publicKey.length);
    System.arraycopy(publicKey, 0, encoded, prefix.length, publicKey.length);
    try {
      PublicKey key =
          KeyFactory.getInstance(set.name(), provider)
              .generatePublic(new X509EncodedKeySpec(encoded));
      return JdkKem.encapsulate(set.name(), provider, key, new Drawn(random));
    } catch (GeneralSecurityException e) {
      throw cannot(e);
    }
  }

  private static CipherUnavailable cannot(GeneralSecurityException e) {
    return new CipherUnavailable("This JDK cannot compute ML-KEM: " + e, e);
  }

  @Override
  public String toString() {
    return PROVIDER;
  }

  /** Gives out what was drawn before, once: so keys are made of seeds, and vectors can be held. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private int given;

    Drawn(byte[] bytes) {
      super(null, null);
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      if (into.length > bytes.length - given) {
        throw new IllegalStateException("This JDK asks for more random bytes than FIPS 203 does");
      }
      System.arraycopy(bytes, given, into, 0, into.length);
      given += into.length;
    }
  }
}
