package org.noports.protocol.np2;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.tunnel.Suite;

/** Suites are made of what is there, in the order in which the catalogue prefers it. */
public class PresentSuitesTest {
  private static List<Suite> suites(String... algorithms) {
    List<PresentAlgorithm> present = new ArrayList<>();
    for (String algorithm : algorithms) {
      String[] words = algorithm.split(" ");
      present.add(new PresentAlgorithm(words[0], words[1], "a bundle", "an engine", true));
    }
    return new PresentSuites(present).suites();
  }

  @Test
  public void theOrderIsTheCataloguesAgreementsFirst() {
    assertThat(
        suites(
            "record chacha20poly1305",
            "record aes256gcm",
            "key-agreement x25519",
            "key-agreement x-wing",
            "key-derivation sha256"),
        contains(
            Suite.X25519_CHACHA20_POLY1305,
            Suite.X25519_AES_256_GCM,
            Suite.X_WING_CHACHA20_POLY1305,
            Suite.X_WING_AES_256_GCM));
  }

  @Test
  public void aCipherThatNobodyKnewMakesASuiteOnce() {
    assertThat(
        suites(
            "record own-cipher",
            "record own-cipher",
            "key-agreement x25519",
            "key-derivation sha256"),
        contains(Suite.of("x25519+sha256+own-cipher")));
  }

  @Test
  public void theStrongestAgreementGoesWithTheStrongestHash() {
    assertThat(
        suites(
            "record aes256gcm",
            "key-agreement mlkem1024",
            "key-derivation sha256",
            "key-derivation sha384"),
        contains(Suite.ML_KEM_1024_AES_256_GCM));
    assertThat(
        suites("record aes256gcm", "key-agreement mlkem1024", "key-derivation sha256"), empty());
  }

  @Test
  public void thereAreNoMoreThanAnOfferCanName() {
    List<String> many = new ArrayList<>(List.of("key-agreement x25519", "key-derivation sha256"));
    for (int i = 0; i < 20; i++) {
      many.add("record cipher" + i);
    }
    assertThat(suites(many.toArray(String[]::new)), hasSize(16));
  }
}
