package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;

/** AtSigns that the operator names in files. */
public class ProvisioningTest {
  private static final AtSign CAROL = AtSign.of("@carol");

  @Rule public final TestHost host = new TestHost();

  private Path atSigns;

  @Before
  public void makeFolder() throws Exception {
    atSigns = Files.createDirectories(host.folder().resolve("atsigns"));
  }

  private boolean hosted(AtSign atSign) {
    return host.host.all().stream().anyMatch(hosted -> hosted.atSign().equals(atSign));
  }

  @Test
  public void aFileWithKeysAddsAnAtSignAtItsPort() throws Exception {
    int port = freePort();
    Files.writeString(
        atSigns.resolve("carol.atsign"),
        "# by the operator\natSign = carol\nport = "
            + port
            + "\nauthenticationKey = "
            + Keys.AUTHENTICATION.publicKey()
            + "\nencryptionKey = "
            + Keys.ENCRYPTION.publicKey());
    TestHost.await(() -> hosted(CAROL));
    assertThat(host.addressOf(CAROL).port(), equalTo(port));
    host.owner(CAROL);
  }

  private static int freePort() throws Exception {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  public void aPortThatAFileNamesIsNotGivenToTheAtSignOfAFileBeforeIt() throws Exception {
    host.stop();
    host.settings.with("firstPort", freePort());
    host.start();
    String key = Keys.AUTHENTICATION.publicKey();
    host.host.add(CAROL, key, key);
    int next = host.addressOf(CAROL).port();
    host.host.delete(CAROL);
    host.stop();
    String keys = "authenticationKey = MIIB\nencryptionKey = MIIB\n";
    Files.writeString(atSigns.resolve("carol.atsign"), "atSign = @carol\n" + keys);
    Files.writeString(
        atSigns.resolve("dave.atsign"), "atSign = @dave\nport = " + next + "\n" + keys);
    host.start();
    TestHost.await(() -> hosted(CAROL) && hosted(AtSign.of("@dave")));
    assertThat(host.addressOf(AtSign.of("@dave")).port(), equalTo(next));
  }

  @Test
  public void aFileWithASecretLetsItsOwnerInOnceToLeaveAKey() throws Exception {
    Files.writeString(host.folder().resolve("carol.secret"), "5ec12e7\n");
    Files.writeString(
        atSigns.resolve("carol.atsign"), "atSign = @carol\ncramSecretFile = ../carol.secret\n");
    TestHost.await(() -> hosted(CAROL));
    Line line = host.stranger(CAROL);
    line.send("cram:" + digest(line.data("from:@carol")));
    line.expect("data:success\n@carol@");
    line.data("update:privatekey:at_pkam_publickey " + Keys.AUTHENTICATION.publicKey());
    line.authenticate(CAROL);
    line.data("update:public:publickey@carol " + Keys.ENCRYPTION.publicKey());
    line.data("delete:privatekey:at_secret");
    Line again = host.stranger(CAROL);
    again.send("cram:" + digest(again.data("from:@carol")));
    assertThat(again.read(), startsWith("error:AT0401-Exception: "));
  }

  private static String digest(String challenge) throws Exception {
    byte[] text = ("5ec12e7" + challenge).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(text));
  }

  @Test
  public void aWrongFileHarmsNobodyAndIsReadAgainWhenMended() throws Exception {
    Path file = atSigns.resolve("carol.atsign");
    Files.writeString(file, "atsing = @carol\n");
    Files.writeString(atSigns.resolve("x.atsign"), "atSign = @dave\nport = 99999999999\n");
    Files.writeString(atSigns.resolve("y.atsign"), "atSign = @dave\nauthenticationKey = MIIB\n");
    Files.writeString(
        atSigns.resolve("z.atsign"),
        "atSign = @erin\nauthenticationKey = MIIB\nencryptionKey = MIIB\n");
    TestHost.await(() -> hosted(AtSign.of("@erin")));
    Files.delete(file);
    Files.writeString(
        file, "atSign = @carol\nauthenticationKey = MIIB\nencryptionKey = MIIB\n# mended\n");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000));
    TestHost.await(() -> hosted(CAROL));
    assertThat(hosted(AtSign.of("@dave")), equalTo(false));
  }

  @Test
  public void aFileTakesAnAtSignAwayAndBringsItBackWithItsData() throws Exception {
    Path file = atSigns.resolve("carol.atsign");
    String keys =
        "atSign = @carol\nauthenticationKey = "
            + Keys.AUTHENTICATION.publicKey()
            + "\nencryptionKey = MIIB\n";
    Files.writeString(file, keys);
    TestHost.await(() -> hosted(CAROL));
    host.owner(CAROL).data("update:public:kept.ns@carol still here");
    Files.writeString(file, keys + "hosted = false\n");
    TestHost.await(() -> !hosted(CAROL));
    host.stop();
    host.start();
    assertThat(hosted(CAROL), equalTo(false));
    Files.writeString(file, keys);
    TestHost.await(() -> hosted(CAROL));
    assertThat(host.owner(CAROL).data("llookup:public:kept.ns@carol"), equalTo("still here"));
  }

  @Test
  public void aFileDoesNotBringBackWhatTheOperatorRemoved() throws Exception {
    Path file = atSigns.resolve("carol.atsign");
    Files.writeString(file, "atSign = @carol\nauthenticationKey = MIIB\nencryptionKey = MIIB\n");
    TestHost.await(() -> hosted(CAROL));
    host.host.remove(CAROL);
    host.stop();
    Files.writeString(
        atSigns.resolve("dave.atsign"),
        "atSign = @dave\nauthenticationKey = MIIB\nencryptionKey = MIIB\n");
    host.start();
    TestHost.await(() -> hosted(AtSign.of("@dave")));
    assertThat(hosted(CAROL), equalTo(false));
    host.host.add(CAROL, "MIIB", "MIIB");
    assertThat(hosted(CAROL), equalTo(true));
  }

  @Test
  public void aFileNeverChangesAnAtSignThatIsHere() throws Exception {
    Files.writeString(
        atSigns.resolve("alice.atsign"),
        "atSign = @alice\nauthenticationKey = MIIB\nencryptionKey = MIIB\n");
    Files.writeString(
        atSigns.resolve("bob2.atsign"),
        "atSign = @bob2\nauthenticationKey = MIIB\nencryptionKey = MIIB\n");
    TestHost.await(() -> hosted(AtSign.of("@bob2")));
    host.owner(TestHost.ALICE);
  }
}
