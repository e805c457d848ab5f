package org.noports.cipher.catalogue.plugin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.cipher.PresentAlgorithm;

/** Which names say a level, and are nobody else's. */
public class OwnNamesTest {
  private static Optional<String> refusal(String kind, String name, boolean foreign) {
    return OwnNames.refusal(new PresentAlgorithm(kind, name, "com.example 1", "JDK", foreign));
  }

  @Test
  public void aThirdPartysAgreementIsNeverOneOfOurs() {
    for (String name : new String[] {"x25519", "x-wing", "mlkem1024"}) {
      assertThat(
          refusal(PresentAlgorithm.KEY_AGREEMENT, name, true).orElseThrow(),
          containsString(
              "algorithm " + name + " is taken from the bundles that come with NoPorts"));
      assertEquals(Optional.empty(), refusal(PresentAlgorithm.KEY_AGREEMENT, name, false));
    }
  }

  @Test
  public void aNameOfItsOwnOrOfAnotherKindIsFree() {
    assertEquals(Optional.empty(), refusal(PresentAlgorithm.KEY_AGREEMENT, "sntrup761", true));
    assertEquals(Optional.empty(), refusal(PresentAlgorithm.STREAM, "aes-256-ctr", true));
  }
}
