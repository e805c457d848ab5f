package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.IdentityUnusable;
import org.noports.api.PeerKeyChanged;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;

public final class FilePinsTest {
  private static final AtSign DEVICE = AtSign.of("@device");
  private static final Optional<DeviceName> DEV1 = Optional.of(DeviceName.of("dev1"));
  private static final Optional<DeviceName> DEV2 = Optional.of(DeviceName.of("dev2"));
  private static final Map<String, Fingerprint> KEYS = keys(1);
  private static final Map<String, Fingerprint> OTHERS = keys(2);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private FilePins pins;
  private Path folder;

  @Before
  public void anEmptyFolder() throws IOException {
    folder = temporary.newFolder("keys").toPath();
    pins = another("");
  }

  /** As another process would see the same folder. */
  private FilePins another(String fleet) {
    FilePins another = new FilePins();
    another.configure(new Folders(folder.toString(), fleet));
    return another;
  }

  private static Map<String, Fingerprint> keys(int seed) {
    byte[] key = {(byte) seed, 2, 3};
    return Map.of(Pin.RSA_2048, Fingerprint.ofPublicKey(Base64.getEncoder().encodeToString(key)));
  }

  private static Pin pin(Optional<DeviceName> device, Level lowest) {
    Instant since = Instant.parse("2026-01-02T03:04:05Z");
    return new Pin(DEVICE, device, KEYS, lowest, since, Pin.FIRST_CONTACT);
  }

  @Test
  public void aStrangerIsNotKnownAndThenIs() throws Exception {
    assertThat(pins.meet(DEVICE, DEV1, KEYS), is(Optional.empty()));
    pins.keep(pin(DEV1, Level.L1));
    assertThat(pins.meet(DEVICE, DEV1, KEYS), is(Optional.of(pin(DEV1, Level.L1))));
    assertThat(another("").meet(DEVICE, DEV1, KEYS), is(Optional.of(pin(DEV1, Level.L1))));
  }

  @Test
  public void anotherKeyIsRefusedUnderEveryNameOfThePeer() throws Exception {
    pins.keep(pin(DEV1, Level.L1));
    for (Optional<DeviceName> name : List.of(DEV1, DEV2)) {
      PeerKeyChanged changed =
          assertThrows(PeerKeyChanged.class, () -> pins.meet(DEVICE, name, OTHERS));
      assertThat(changed.getMessage(), containsString("learnt at first contact with dev1@device"));
      assertThat(changed.getMessage(), containsString(OTHERS.get(Pin.RSA_2048).text()));
    }
    assertThat(pins.meet(DEVICE, DEV2, KEYS), is(Optional.empty()));
  }

  private static Map<String, Fingerprint> and(String name, int seed) {
    Map<String, Fingerprint> both = new TreeMap<>(KEYS);
    both.put(name, keys(seed).get(Pin.RSA_2048));
    return both;
  }

  private static Pin met(Optional<DeviceName> device, Map<String, Fingerprint> keys) {
    return new Pin(DEVICE, device, keys, Level.L2, Instant.EPOCH, Pin.FIRST_CONTACT);
  }

  @Test
  public void aKindOfSignatureThatIsSeenLaterIsKnownFromThenOn() throws Exception {
    pins.keep(met(DEV1, KEYS));
    Map<String, Fingerprint> both = and(Pin.ML_DSA_65, 7);
    assertThat(pins.meet(DEVICE, DEV1, both).orElseThrow().signsPostQuantum(), is(false));
    pins.keep(met(DEV1, both));
    pins.keep(met(DEV1, KEYS));
    assertThat(another("").meet(DEVICE, DEV1, KEYS).orElseThrow().keys(), is(both));
    assertThrows(PeerKeyChanged.class, () -> pins.meet(DEVICE, DEV1, and(Pin.ML_DSA_65, 8)));
    assertThat(
        "another device", pins.meet(DEVICE, DEV2, and(Pin.ML_DSA_65, 8)).isEmpty(), is(true));
  }

  @Test
  public void aDeviceHasOneKeyAndAClientOneForEachOfItsPrograms() throws Exception {
    pins.keep(met(DEV1, and(Pin.mlDsa65("primary"), 7)));
    assertThrows(PeerKeyChanged.class, () -> pins.meet(DEVICE, DEV1, and(Pin.mlDsa65("e-2"), 8)));
    pins.forget(DEVICE, DEV1);
    pins.keep(met(Optional.empty(), and(Pin.mlDsa65("e-1"), 7)));
    pins.meet(DEVICE, Optional.empty(), and(Pin.mlDsa65("e-2"), 8));
    pins.keep(met(Optional.empty(), and(Pin.mlDsa65("e-2"), 8)));
    assertThrows(
        PeerKeyChanged.class,
        () -> pins.meet(DEVICE, Optional.empty(), and(Pin.mlDsa65("e-1"), 9)));
    assertThrows(
        PeerKeyChanged.class,
        () -> pins.meet(DEVICE, Optional.empty(), and(Pin.mlDsa65("e-2"), 9)));
  }

  @Test
  public void theLowestLevelOnlyRisesAndTheKeyStays() throws Exception {
    pins.keep(pin(DEV1, Level.L0));
    pins.keep(pin(DEV1, Level.L1));
    pins.keep(pin(DEV1, Level.L0));
    assertThat(pins.meet(DEVICE, DEV1, KEYS).orElseThrow().lowest(), is(Level.L1));
    Pin forged = new Pin(DEVICE, DEV1, OTHERS, Level.L1, Instant.now(), "by force");
    assertThrows(PeerKeyChanged.class, () -> pins.keep(forged));
    assertThat(pins.meet(DEVICE, DEV1, KEYS).orElseThrow().learnt(), is(Pin.FIRST_CONTACT));
  }

  @Test
  public void whatIsForgottenIsMetForTheFirstTime() throws Exception {
    pins.keep(pin(DEV1, Level.L1));
    pins.keep(pin(DEV2, Level.L1));
    assertThat(pins.forget(DEVICE, DEV1), is(1));
    assertThat(pins.all(), hasSize(1));
    assertThat(pins.forget(DEVICE, Optional.empty()), is(1));
    assertThat(pins.meet(DEVICE, DEV1, OTHERS), is(Optional.empty()));
  }

  @Test
  public void twoProcessesLoseNothingOfEachOther() throws Exception {
    FilePins other = another("");
    assertThat(other.all(), hasSize(0));
    pins.keep(pin(DEV1, Level.L1));
    other.keep(pin(DEV2, Level.L1));
    assertThat(pins.all(), hasSize(2));
  }

  @Test
  public void ofTwoFirstContactsAtOnceTheSecondFindsTheFirst() throws Exception {
    FilePins other = another("");
    assertThat(pins.meet(DEVICE, DEV1, KEYS), is(Optional.empty()));
    assertThat(other.meet(DEVICE, DEV2, OTHERS), is(Optional.empty()));
    pins.keep(pin(DEV1, Level.L1));
    Pin second = new Pin(DEVICE, DEV2, OTHERS, Level.L1, Instant.now(), Pin.FIRST_CONTACT);
    PeerKeyChanged changed = assertThrows(PeerKeyChanged.class, () -> other.keep(second));
    assertThat(changed.getMessage(), containsString("learnt at first contact with dev1@device"));
    assertThat(pins.all(), is(List.of(pin(DEV1, Level.L1))));
  }

  @Test
  public void aFileThatCannotBeLookedAtMakesNobodyAStranger() throws Exception {
    Path file = folder.resolve(FilePins.NAME);
    Files.createSymbolicLink(file, file);
    assertThrows("a loop", IdentityUnusable.class, () -> pins.meet(DEVICE, DEV1, KEYS));
    Files.delete(file);
    Files.createSymbolicLink(file, folder.resolve("unmounted"));
    assertThrows("gone", IdentityUnusable.class, () -> pins.meet(DEVICE, DEV1, KEYS));
    folder = Files.createFile(temporary.getRoot().toPath().resolve("no-folder"));
    FilePins nowhere = another("");
    assertThrows("no folder", IdentityUnusable.class, () -> nowhere.meet(DEVICE, DEV1, KEYS));
  }

  @Test
  public void aFileThatOthersMayWriteIsNotBelieved() throws Exception {
    pins.keep(pin(DEV1, Level.L1));
    Path file = folder.resolve(FilePins.NAME);
    for (String mode : List.of("rw--w----", "rw-----w-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      IdentityUnusable refused =
          assertThrows(IdentityUnusable.class, () -> pins.meet(DEVICE, DEV1, KEYS));
      assertThat(refused.getMessage(), containsString("chmod go-w"));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat("a fleet's may be read by all", pins.all(), hasSize(1));
  }

  @Test
  public void theFileIsForItsOwnerOnly() throws Exception {
    pins.keep(pin(DEV1, Level.L1));
    Path file = folder.resolve(FilePins.NAME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), is("rw-------"));
  }

  @Test
  public void aFleetsFileIsBelievedAndNeverWritten() throws Exception {
    pins.keep(pin(DEV1, Level.L1));
    Path fleet = temporary.getRoot().toPath().resolve("fleet.json");
    Files.move(folder.resolve(FilePins.NAME), fleet);
    String before = Files.readString(fleet);
    FilePins configured = another(fleet.toString());
    assertThrows(PeerKeyChanged.class, () -> configured.meet(DEVICE, DEV2, OTHERS));
    assertThat(configured.forget(DEVICE, Optional.empty()), is(0));
    assertThat(Files.readString(fleet), is(before));
    Files.delete(fleet);
    assertThrows(IdentityUnusable.class, () -> configured.meet(DEVICE, DEV2, KEYS));
  }

  @Test
  public void aNewerFormatIsRefusedByNumberAndNothingIsChanged() throws Exception {
    Path file = folder.resolve(FilePins.NAME);
    Files.writeString(file, "{\"format\":2,\"pins\":[]}");
    IdentityUnusable refused =
        assertThrows(IdentityUnusable.class, () -> pins.meet(DEVICE, DEV1, KEYS));
    assertThat(refused.getMessage(), containsString("format 2"));
    assertThrows(IdentityUnusable.class, () -> pins.keep(pin(DEV1, Level.L1)));
    assertThat(Files.readString(file), is("{\"format\":2,\"pins\":[]}"));
  }

  @Test
  public void aBrokenFileMakesNobodyAStranger() throws Exception {
    Files.writeString(folder.resolve(FilePins.NAME), "{\"format\":1,\"pins\":[{}]}");
    assertThrows(IdentityUnusable.class, () -> pins.meet(DEVICE, DEV1, KEYS));
  }

  /** A configuration of one folder. */
  private record Folders(String folders, String pins) implements KeyFolderIdentities.Configuration {
    @Override
    public String passphrases() {
      return "";
    }

    @Override
    public boolean signingKeyList() {
      return false;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return KeyFolderIdentities.Configuration.class;
    }
  }
}
