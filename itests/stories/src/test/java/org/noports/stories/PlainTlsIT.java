package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.OpenSsl;

/**
 * The atDirectory and two atServers as a program of another make meets them: a TLS connection of
 * {@code openssl s_client}, lines typed into it, and a signature over what is to be signed.
 */
public class PlainTlsIT {
  @ClassRule public static final Infrastructure INFRASTRUCTURE = new Infrastructure();

  @Test
  public void theDirectoryTellsWhereAnAtServerIs() {
    try (OpenSsl directory = INFRASTRUCTURE.directory()) {
      directory.hear("@");
      directory.ask("alice", "localhost:\\d+\r\n@");
      directory.ask("", "null\r\n@");
      directory.ask("nosuchsign", "null\r\n@");
      directory.ask("ALICE", "localhost:\\d+\r\n@");
    }
  }

  @Test
  public void aStrangerSeesWhatIsPublicAndNoMore() {
    try (OpenSsl stranger = INFRASTRUCTURE.atServer("alice")) {
      stranger.hear("@");
      stranger.ask("", "error:AT0003-Exception: invalid command\n@");
      stranger.ask("lookup:publickey@alice", "data:MII[A-Za-z0-9+/=]+\n@");
      stranger.ask("scan\r", "data:\\[\"publickey@alice\",\"signing_publickey@alice\"]\n@");
      stranger.ask(
          "llookup:public:publickey@alice",
          "error:AT0401-Exception: Command cannot be executed without auth\n@");
      stranger.ask("noop:0", "data:ok\n@");
    }
  }

  @Test
  public void anOwnerWritesReadsSyncsAndDeletes() throws Exception {
    try (OpenSsl alice = INFRASTRUCTURE.owner("alice", "client-alice")) {
      String commit =
          alice
              .ask(
                  "update:isEncrypted:false:ttl:600000:plain.story@alice a b", "data:\\d+\n@alice@")
              .replaceAll("\\D", "");
      alice.ask("llookup:plain.story@alice", "data:a b\n@alice@");
      alice.ask("llookup:meta:plain.story@alice", "data:\\{.*\"ttl\":600000.*}\n@alice@");
      alice.ask("stats:3", "data: \\[\\{\"id\":\"3\",\"name\":\"lastCommitID\",.*}]\n@alice@");
      String page =
          alice.ask(
              "sync:from:" + (Long.parseLong(commit) - 1) + ":limit:5", "data:\\[.*]\n@alice@");
      assertThat(page, containsString("\"atKey\":\"plain.story@alice\",\"value\":\"a b\""));
      alice.ask("delete:plain.story@alice", "data:\\d+\n@alice@");
      alice.ask("llookup:plain.story@alice", "error:AT0015-key not found : .*\n@alice@");
    }
  }

  @Test
  public void aNotificationReachesTheOtherAtServersMonitor() throws Exception {
    try (OpenSsl monitor = INFRASTRUCTURE.owner("device", "device-dev1-device");
        OpenSsl alice = INFRASTRUCTURE.owner("alice", "client-alice")) {
      monitor.say("monitor story");
      monitor.ask("noop:0", "data:ok\n");
      alice.ask("notify:id:story-1:@device:hello.story@alice:aGk=", "data:story-1\n@alice@");
      String heard = monitor.hear(".*notification: \\{\"id\":\"story-1\".*\n");
      assertThat(heard, containsString("\"key\":\"@device:hello.story@alice\",\"value\":\"aGk=\""));
      assertThat(heard, not(containsString("@device@notification")));
    }
  }

  @Test
  public void aSharedValueIsReadThroughTheReadersOwnAtServer() throws Exception {
    try (OpenSsl device = INFRASTRUCTURE.owner("device", "device-dev1-device");
        OpenSsl alice = INFRASTRUCTURE.owner("alice", "client-alice")) {
      alice.ask("update:@device:shared.story@alice for you", "data:\\d+\n@alice@");
      device.ask("lookup:shared.story@alice", "data:for you\n@device@");
      device.ask("plookup:publickey@alice", "data:MII[A-Za-z0-9+/=]+\n@device@");
    }
  }

  @Test
  public void aProgramWithAPostQuantumKeyIsEnrolledHeardAndRevoked() throws Exception {
    MlDsaKey key = new MlDsaKey();
    try (OpenSsl owner = INFRASTRUCTURE.owner("device", "device-dev1-device");
        OpenSsl program = INFRASTRUCTURE.atServer("device")) {
      program.hear("@");
      String code = text(owner.ask("otp:get", "data:[A-Z1-9]{6}\n@device@"));
      String asked =
          program.ask(
              "enroll:request:{\"appName\":\"story\",\"deviceName\":\"one\",\"otp\":\""
                  + code
                  + "\",\"namespaces\":{\"story\":\"rw\"},\"signingAlgo\":\"mldsa65\","
                  + "\"encryptedAPKAMSymmetricKey\":\"s\",\"apkamPublicKey\":\""
                  + key.publicKey()
                  + "\"}",
              "data:\\{\"enrollmentId\":\"[-0-9a-f]+\",\"status\":\"pending\"}\n@");
      String id = asked.split("\"")[3];
      owner.ask(
          "enroll:approve:{\"enrollmentId\":\""
              + id
              + "\",\"encryptedDefaultEncryptionPrivateKey\":\"x\","
              + "\"encryptedDefaultSelfEncryptionKey\":\"y\"}",
          "data:\\{\"status\":\"approved\".*}\n@device@");
      String challenge = text(program.ask("from:@device", "data:[^\n]+\n@"));
      program.ask(
          "pkam:signingAlgo:mldsa65:enrollmentId:" + id + ":" + key.sign(challenge),
          "data:success\n@device@");
      program.ask("update:own.story@device a b", "data:\\d+\n@device@");
      program.ask("update:own.other@device a b", "error:AT0009-.*\n@device@");
      owner.ask(
          "enroll:revoke:{\"enrollmentId\":\"" + id + "\"}",
          "data:\\{\"status\":\"revoked\".*}\n@device@");
      program.awaitEnd();
    }
  }

  private static String text(String answer) {
    return answer.substring("data:".length(), answer.indexOf('\n'));
  }
}
