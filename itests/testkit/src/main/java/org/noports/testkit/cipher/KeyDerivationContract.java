package org.noports.testkit.cipher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;

/** What each {@link KeyDerivation} must keep to. */
public abstract class KeyDerivationContract {
  private final Secret secret = Secret.owning(new byte[] {1, 2, 3});

  protected abstract KeyDerivation derivation();

  @Test
  public void hashesAndAuthenticatesItsPartsAsOne() throws Exception {
    byte[] whole = {1, 2, 3, 4};
    byte[][] parts = {{1}, {}, {2, 3}, {4}};
    assertArrayEquals(derivation().hash(whole), derivation().hash(parts));
    assertArrayEquals(
        derivation().authenticate(secret, whole), derivation().authenticate(secret, parts));
    assertEquals(derivation().hashLength(), derivation().hash(whole).length);
    assertEquals(derivation().hashLength(), derivation().authenticate(secret, whole).length);
  }

  @Test
  public void extractIsHmacUnderTheSalt() throws Exception {
    byte[] salt = {9, 8};
    assertArrayEquals(
        derivation().authenticate(Secret.copyOf(salt), new byte[] {1, 2, 3}),
        derivation().extract(salt, secret).exposeSecretBytes());
  }

  @Test
  public void takesAnEmptySaltForZeros() throws Exception {
    assertArrayEquals(
        derivation().extract(new byte[derivation().hashLength()], secret).exposeSecretBytes(),
        derivation().extract(new byte[0], secret).exposeSecretBytes());
  }

  @Test
  public void aShorterKeyIsTheBeginningOfALongerOne() throws Exception {
    byte[] info = {5};
    int most = 255 * derivation().hashLength();
    byte[] longest = derivation().expand(secret, info, most).exposeSecretBytes();
    for (int length : new int[] {1, derivation().hashLength(), derivation().hashLength() + 1}) {
      assertArrayEquals(
          Arrays.copyOf(longest, length),
          derivation().expand(secret, info, length).exposeSecretBytes());
    }
    assertThrows(IllegalArgumentException.class, () -> derivation().expand(secret, info, most + 1));
  }

  @Test
  public void anotherLabelGivesAnotherKey() throws Exception {
    byte[] one = derivation().expand(secret, new byte[] {1}, 32).exposeSecretBytes();
    byte[] other = derivation().expand(secret, new byte[] {2}, 32).exposeSecretBytes();
    assertThat(one, not(equalTo(other)));
  }

  @Test
  public void leavesTheSecretToItsOwner() throws Exception {
    derivation().expand(secret, new byte[] {1}, 32);
    derivation().extract(new byte[0], secret);
    assertArrayEquals(new byte[] {1, 2, 3}, secret.exposeSecretBytes());
  }
}
