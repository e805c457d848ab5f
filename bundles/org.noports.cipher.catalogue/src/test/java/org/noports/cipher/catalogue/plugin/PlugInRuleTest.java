package org.noports.cipher.catalogue.plugin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Locale;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.ConfigurationInvalid;

/** Which bundles may bring algorithms, by the one setting for it. */
public class PlugInRuleTest {
  private static final String SUM = "00112233445566778899aabbccddeeff".repeat(2);

  private static Optional<String> refusal(String rule, String bundle) throws ConfigurationInvalid {
    boolean ours = bundle.startsWith("org.noports.");
    return refusal(rule, new Origin(bundle, "1.0.0", 1, "test:", ours));
  }

  private static Optional<String> refusal(String rule, Origin origin) throws ConfigurationInvalid {
    return PlugInRule.of(rule).refusal(origin, Optional.empty());
  }

  @Test
  public void withoutANameAllMay() throws Exception {
    assertEquals(Optional.empty(), refusal(" ", "com.example.any"));
  }

  @Test
  public void withANameOnlyThoseAndOursMay() throws Exception {
    assertEquals(Optional.empty(), refusal("com.example.a, com.example.b", "com.example.b"));
    assertEquals(Optional.empty(), refusal("com.example.a", "org.noports.cipher.modern"));
    assertThat(
        refusal("com.example.a", "com.example.c").orElseThrow(),
        containsString("com.example.c is not among plugIns (com.example.a)"));
  }

  @Test
  public void whoeverOnlyCallsItselfOursHasToBeNamedToo() throws Exception {
    assertThat(
        refusal("com.example.a", "org.noports.cipher.evil").orElseThrow(),
        containsString("is not among plugIns"));
  }

  @Test
  public void whatWasDroppedUnderANameOfOursHasToBeNamedToo() throws Exception {
    var dropped = new Origin("org.noports.cipher.modern", "99.0.0", 1, "file:", false);
    assertThat(
        refusal("com.example.a", dropped).orElseThrow(), containsString("is not among plugIns"));
  }

  @Test
  public void aSignerIsSixtyFourDigitsWithColonsOrWithout() throws Exception {
    assertEquals(
        PlugInRule.of("com.example.a@" + SUM),
        PlugInRule.of(
            "com.example.a@" + SUM.toUpperCase(Locale.ROOT).replaceAll("..(?=.)", "$0:")));
    for (String wrong : new String[] {"a@", "a@12", "a@" + SUM + "0", "a b", "@" + SUM}) {
      assertThat(
          assertThrows(ConfigurationInvalid.class, () -> PlugInRule.of(wrong)).getMessage(),
          containsString("plugIns: '" + wrong + "'"));
    }
  }
}
