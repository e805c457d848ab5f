package org.noports.cipher.pq;

import static org.junit.Assert.assertArrayEquals;

import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.junit.Test;

/** What Bouncy Castle hands over, and what it keeps. */
public class BouncyCastleMlKemTest {
  /** Gives copies out, as Bouncy Castle does. */
  private static final class Kept implements SecretWithEncapsulation {
    private final byte[] secret = {1, 2, 3};
    private boolean destroyed;

    @Override
    public byte[] getSecret() {
      return secret.clone();
    }

    @Override
    public byte[] getEncapsulation() {
      return new byte[] {4};
    }

    @Override
    public void destroy() {
      Arrays.fill(secret, (byte) 0);
      destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
      return destroyed;
    }
  }

  @Test
  public void theSecretIsHandedOverAndNotLeftBehind() {
    Kept kept = new Kept();
    MlKemEngine.Made made = BouncyCastleMlKem.taken(kept);
    assertArrayEquals(new byte[] {1, 2, 3}, made.secret());
    assertArrayEquals(new byte[] {4}, made.ciphertext());
    assertArrayEquals(new byte[3], kept.secret);
  }
}
