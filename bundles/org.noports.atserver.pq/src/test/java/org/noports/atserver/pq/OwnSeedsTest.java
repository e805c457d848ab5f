package org.noports.atserver.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.health.Health;

public class OwnSeedsTest {
  private static final AtSign ALICE = AtSign.of("@alice");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path keys() {
    return folder.getRoot().toPath().resolve("keys");
  }

  private NamespaceKeys started(String publish) {
    return new NamespaceKeys(new TestConfig(publish, keys().toString(), "refuse"));
  }

  @Test
  public void aKeyIsCutOnceAndFoundAgainAfterARestart() throws Exception {
    NamespaceKeys before = started("@alice:sshnp");
    NamespaceKeys.Place place = before.places().get(0);
    Advertisement.Key key = before.newest(place, RealCiphers.ciphers());
    assertEquals(1216, key.publicKey().length);
    NamespaceKeys after = started(" @alice:sshnp , ");
    assertEquals(key.kid(), after.newest(place, RealCiphers.ciphers()).kid());
    assertArrayEquals(
        before.find(ALICE, "sshnp", key.kid()).orElseThrow().secret().exposeSecretBytes(),
        after.find(ALICE, "sshnp", key.kid()).orElseThrow().secret().exposeSecretBytes());
    Path file = keys().resolve("alice_sshnp.seeds");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  public void earlierKeysStayBeforeTheNewest() throws Exception {
    OwnSeeds seeds = new OwnSeeds(keys());
    for (String kid : List.of("1111111111111111", "2222222222222222")) {
      Secret secret = Secret.owning(new byte[32]);
      seeds.add(ALICE, "sshnp", new OwnSeeds.Seed(kid, Profile.Names.X_WING, secret));
    }
    List<OwnSeeds.Seed> kept = seeds.of(ALICE, "sshnp");
    assertEquals(2, kept.size());
    assertEquals("2222222222222222", kept.get(1).kid());
  }

  @Test
  public void aFileThatOthersReadAndOneOfNonsenseAreNotUsed() throws Exception {
    Path file = Files.createDirectories(keys()).resolve("alice_sshnp.seeds");
    Files.writeString(file, "nonsense\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    OwnSeeds seeds = new OwnSeeds(keys());
    assertThrows(IdentityUnusable.class, () -> seeds.of(ALICE, "sshnp"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(
        assertThrows(IdentityUnusable.class, () -> seeds.of(ALICE, "sshnp")).getMessage(),
        containsString("chmod 600"));
    assertEquals(Health.Status.DEGRADED, started("@alice:sshnp").check().status());
    assertThrows(IdentityUnusable.class, () -> seeds.of(ALICE, "../sshnp"));
  }

  @Test
  public void aSettingThatCannotBeReadPublishesNothing() {
    NamespaceKeys keys = started("@alice:sshnp,alice sshnp");
    assertEquals(List.of(), keys.places());
    assertEquals(Health.Status.DEGRADED, keys.check().status());
    assertEquals(Health.Status.OK, started("").check().status());
  }
}
