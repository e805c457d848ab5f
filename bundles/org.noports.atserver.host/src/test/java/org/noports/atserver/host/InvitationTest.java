package org.noports.atserver.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.noports.atserver.host.TestHost.ALICE;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.Secret;
import org.noports.api.atserver.HostedAtSigns.Invited;

/** An atSign that its host adds, and whose owner gets a first secret. */
public class InvitationTest {
  private static final AtSign ERIN = AtSign.of("@erin");

  @Rule public final TestHost host = new TestHost();

  @Test
  public void theFirstSecretOfWhoIsInvitedLetsThemInAndNoOtherDoes() throws Exception {
    Invited invited = host.host.invite(ERIN);
    assertThat(invited.address(), equalTo(host.addressOf(ERIN)));
    assertThat(host.directory.all().get(ERIN), equalTo(invited.address()));
    String secret = text(invited.firstSecret());
    assertThat(secret, matchesPattern("[0-9a-f]{128}"));
    assertThat(text(host.host.invite(AtSign.of("@frank")).firstSecret()), not(equalTo(secret)));
    assertThat(cram("0".repeat(128)), equalTo("error:AT0401-Exception: Authentication Failed\n@"));
    assertThat(cram(secret), equalTo("data:success\n@erin@"));
  }

  @Test
  public void whoIsKnownKeepsWhatTheyHaveAndGetsNoSecret() throws Exception {
    Line alice = host.owner(ALICE);
    alice.data("update:kept.ns@alice x");
    assertThat(host.host.invite(ALICE).firstSecret(), equalTo(Optional.empty()));
    assertThat(host.host.remove(ALICE), equalTo(true));
    assertThat(host.host.invite(ALICE).firstSecret(), equalTo(Optional.empty()));
    assertThat(host.owner(ALICE).data("llookup:kept.ns@alice"), equalTo("x"));
  }

  private static String text(Optional<Secret> secret) {
    return new String(secret.orElseThrow().exposeSecretBytes(), US_ASCII);
  }

  private String cram(String secret) throws Exception {
    Line line = host.stranger(ERIN);
    byte[] shown = (secret + line.data("from:@erin")).getBytes(US_ASCII);
    line.send(
        "cram:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(shown)));
    return line.read();
  }
}
