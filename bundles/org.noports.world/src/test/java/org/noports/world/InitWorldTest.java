package org.noports.world;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.identity.CertificateAuthority;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyCutter;
import org.noports.api.world.WorldPlan;
import org.noports.api.world.Worlds.Machine;

public class InitWorldTest {
  private static final WorldPlan PLAN =
      new WorldPlan(
          "hub.example",
          6464,
          6465,
          AtSign.of("@relay"),
          AtSign.of("@policy"),
          List.of(AtSign.of("@alice")),
          List.of(device("dev1"), device("dev2")));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final InitWorld init = new InitWorld(new FakeCutter(), new FakeAuthority());

  @Test
  public void makesAFolderForEachMachine() throws Exception {
    assertThat(
        world().stream().map(Machine::name).toList(),
        contains("infrastructure", "device-dev1-device", "device-dev2-device", "client-alice"));
  }

  @Test
  public void putsAKeyOnlyWhereItsAtSignLives() throws Exception {
    List<Machine> machines = world();
    assertThat(keysOf(machines.get(0)), containsInAnyOrder("@relay", "@policy"));
    assertThat(keysOf(machines.get(1)), contains("@device"));
    assertThat(keysOf(machines.get(2)), contains("@device"));
    assertThat(keysOf(machines.get(3)), contains("@alice"));
  }

  @Test
  public void keepsTheAuthoritysKeyOutOfEveryMachine() throws Exception {
    for (Machine machine : world()) {
      try (Stream<Path> files = Files.walk(machine.folder())) {
        assertThat(
            files.map(f -> f.getFileName().toString()).toList(),
            not(org.hamcrest.Matchers.hasItem(CertificateAuthority.CA_KEY)));
      }
      assertThat(Files.exists(machine.folder().resolve("etc/trust/ca.pem")), equalTo(true));
    }
  }

  @Test
  public void givesEachAtSignAPortOfItsOwn() throws Exception {
    Path atSigns = world().get(0).folder().resolve("etc/atsigns");
    assertThat(Files.readString(atSigns.resolve("relay.atsign")), containsString("port = 6465"));
    assertThat(Files.readString(atSigns.resolve("device.atsign")), containsString("port = 6468"));
  }

  @Test
  public void registersEachAtSignWhereItIsHosted() throws Exception {
    assertThat(
        Files.readString(world().get(0).folder().resolve("etc/directory.records")),
        equalTo(
            "@relay = hub.example:6465\n@policy = hub.example:6466\n"
                + "@alice = hub.example:6467\n@device = hub.example:6468\n"));
  }

  @Test
  public void tellsEveryMachineWhereTheDirectoryIs() throws Exception {
    for (Machine machine : world()) {
      assertThat(
          Files.readString(machine.folder().resolve("etc/org.noports.directory.cfg")),
          containsString("address = hub.example:6464"));
    }
  }

  @Test
  public void makesTheClientsManagersOfEachDevice() throws Exception {
    assertThat(
        Files.readString(world().get(1).folder().resolve("etc/org.noports.policy.rules.cfg")),
        containsString("managers = @alice"));
  }

  @Test
  public void opensItsFoldersToTheirOwnerOnly() throws Exception {
    Path keys = world().get(3).folder().resolve("etc/keys");
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)), equalTo("rwx------"));
  }

  @Test
  public void refusesAFolderThatHoldsSomething() throws Exception {
    Files.writeString(folder.getRoot().toPath().resolve("mine"), "keep");
    ConfigurationInvalid refusal =
        assertThrows(ConfigurationInvalid.class, () -> init.init(PLAN, folder.getRoot().toPath()));
    assertThat(refusal.getMessage(), containsString("name a new folder"));
    assertThat(Files.readString(folder.getRoot().toPath().resolve("mine")), equalTo("keep"));
  }

  private List<Machine> world() throws Exception {
    return init.init(PLAN, folder.getRoot().toPath().resolve("world"));
  }

  private static List<String> keysOf(Machine machine) throws IOException {
    try (Stream<Path> keys = Files.list(machine.folder().resolve("etc/keys"))) {
      return keys.map(k -> k.getFileName().toString().replace("_key.atKeys", "")).toList();
    }
  }

  private static DeviceAddress device(String name) {
    return new DeviceAddress(AtSign.of("@device"), DeviceName.of(name));
  }

  /** Writes a file where real keys would be. */
  private static final class FakeCutter implements KeyCutter {
    @Override
    public Identity cut(AtSign atSign, Path file) {
      write(file);
      return new PublicHalf(atSign);
    }
  }

  private record PublicHalf(AtSign atSign) implements Identity {
    @Override
    public Optional<String> enrollmentId() {
      return Optional.empty();
    }

    @Override
    public String encryptionPublicKey() {
      return "encryption-of-" + atSign.bare();
    }

    @Override
    public String authenticationPublicKey() {
      return "authentication-of-" + atSign.bare();
    }

    @Override
    public byte[] signAsAuthentication(byte[] message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] signAsEncryption(byte[] message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] unwrap(byte[] wrapped) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Fingerprint fingerprint() {
      return new Fingerprint("SHA256:fake");
    }
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "fake");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
