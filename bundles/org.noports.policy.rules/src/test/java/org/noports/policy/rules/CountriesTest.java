package org.noports.policy.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.policy.rules.country.MmdbCountries;
import org.noports.testkit.Eventually;
import org.noports.testkit.MmdbFile;

/** Conditions on a client's country, by a file that an operator brings. */
public final class CountriesTest {
  private static final String BOOK =
      """
      format: 1
      rules:
        - {name: at-home, effect: permit, who: ["*"], devices: ["*"], when: "observed.country == 'DE'"}
        - {name: not-there, effect: forbid, who: ["*"], devices: ["*"], when: "observed.country in ['XA', 'XB']"}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final RulesPolicy policy = new RulesPolicy();
  private Path book;
  private Path countries;

  @Before
  public void files() throws IOException {
    book = folder.getRoot().toPath().resolve("policy.yaml");
    countries = folder.getRoot().toPath().resolve("countries.mmdb");
    Files.writeString(book, BOOK);
  }

  @After
  public void stop() {
    policy.stop();
  }

  private void start() {
    policy.configure(new TestConfig("", "*:*", "", book.toString(), countries.toString()));
    policy.look();
  }

  /** As operators do: written beside it, then renamed. */
  private void put(byte[] bytes) throws IOException {
    Path beside = folder.getRoot().toPath().resolve("countries.new");
    Files.write(beside, bytes);
    Files.move(
        beside, countries, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static MmdbFile usual() throws IOException {
    return new MmdbFile().with("192.0.2.0/24", "DE").with("2001:db8::/32", "XA");
  }

  private Decision from(String address) throws Exception {
    return decide(
        address.isEmpty()
            ? Observed.NOTHING
            : new Observed(false, Optional.of(InetAddress.getByName(address)), Optional.empty()));
  }

  private Decision decide(Observed observed) {
    AccessRequest request =
        new AccessRequest(
            AtSign.of("@alice"),
            new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
            "__none__",
            RequestKind.TUNNEL,
            Optional.of(Target.of("localhost:22")));
    return policy
        .decide(request.under(request.circumstances().seen(observed)))
        .toCompletableFuture()
        .join();
  }

  @Test
  public void aConditionSeesTheCountryOfWhereTheClientWasSeen() throws Exception {
    put(usual().bytes());
    start();
    assertThat(from("192.0.2.7").rule(), is("at-home"));
    assertThat(from("192.0.2.7"), instanceOf(Decision.Permit.class));
    assertThat(from("2001:db8::1"), instanceOf(Decision.Deny.class));
    assertThat(decide(Observed.PENDING), instanceOf(Decision.Later.class));
  }

  @Test
  public void aCountryThatIsNotKnownPermitsNothingAndAForbidHolds() throws Exception {
    put(usual().bytes());
    start();
    assertThat(from("198.51.100.1").rule(), is("not-there"));
    assertThat(from("").rule(), is("not-there"));
  }

  @Test
  public void theOperatorsFileCountsAndNotWhatADeviceSays() throws Exception {
    put(usual().bytes());
    start();
    InetAddress there = InetAddress.getByName("2001:db8::1");
    assertThat(
        decide(new Observed(false, Optional.of(there), Optional.of("DE"))).rule(), is("not-there"));
  }

  @Test
  public void aFileThatIsReplacedIsReadAnewAndWhoRunsIsAskedForAgain() throws Exception {
    put(usual().bytes());
    start();
    CountDownLatch changed = new CountDownLatch(1);
    policy.onChange(changed::countDown);
    put(new MmdbFile().with("192.0.2.0/24", "XB").bytes());
    assertThat(changed.await(30, TimeUnit.SECONDS), is(true));
    assertThat(from("192.0.2.7").rule(), is("not-there"));
  }

  @Test
  public void aFileThatCannotBeReadChangesNothingAndIsReported() throws Exception {
    byte[] good = usual().bytes();
    put(good);
    start();
    for (byte[] bad :
        new byte[][] {new byte[0], "no database".getBytes(), Arrays.copyOf(good, 100)}) {
      put(bad);
      for (int i = 0; i <= SettledFile.STILL; i++) {
        policy.look();
      }
      assertThat(policy.check().status(), is(Health.Status.DEGRADED));
      assertThat(policy.check().message(), containsString("Test-Country of "));
      assertThat(from("192.0.2.7"), instanceOf(Decision.Permit.class));
    }
  }

  @Test
  public void aFileThatIsNotThereIsReportedAndReadWhenItComes() throws Exception {
    start();
    assertThat(
        policy.check().message(), containsString("countries.mmdb: no countries can be read"));
    CountDownLatch changed = new CountDownLatch(1);
    policy.onChange(changed::countDown);
    put(usual().bytes());
    assertThat(changed.await(30, TimeUnit.SECONDS), is(true));
    assertThat(from("192.0.2.7"), instanceOf(Decision.Permit.class));
    assertThat(policy.check().status(), is(Health.Status.OK));
  }

  /** One whose country is the object itself, so that who reads it comes to no end. */
  private static byte[] endless(String network) throws IOException {
    byte[] bytes =
        new MmdbFile().with(network, Map.of("country", "D")).with("192.0.2.0/24", "DE").bytes();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // A text of seven bytes begins with a G; behind it a pointer to where the data begin.
    int value = text.indexOf("Gcountry") + 8;
    bytes[value] = 1 << 5;
    bytes[value + 1] = 0;
    return bytes;
  }

  /** What the watching has taken over when this returns; nobody else looks. */
  private void edit(String from, String to) throws Exception {
    Files.writeString(book, BOOK.replace(from, to));
    Eventually.holds(() -> policy.inForce().get().text().contains(to));
  }

  @Test
  public void anErrorInTheCountriesFileIsReportedAndTheBookIsReadOn() throws Exception {
    put(usual().bytes());
    start();
    put(endless("0.0.0.0/8"));
    Eventually.holds(() -> policy.check().message().contains("java.lang.StackOverflowError"));
    assertThat(policy.check().message(), containsString("Test-Country of "));
    assertThat(from("192.0.2.7").rule(), is("at-home"));
    edit("at-home", "at-hearth");
    assertThat(from("192.0.2.7").rule(), is("at-hearth"));
  }

  @Test
  public void anErrorInTheFirstCountriesFileLeavesTheBookInForce() throws Exception {
    put(endless("0.0.0.0/8"));
    start();
    assertThat(policy.check().status(), is(Health.Status.DEGRADED));
    assertThat(from("192.0.2.7").rule(), is("not-there"));
  }

  @Test
  public void anAddressWhoseCountryCannotBeReadHasNone() throws Exception {
    put(endless("10.0.0.0/8"));
    start();
    assertThat(from("192.0.2.7").rule(), is("at-home"));
    assertThat(from("10.1.2.3").rule(), is("not-there"));
  }

  @Test
  public void whatAListenerThrowsEndsNoWatching() throws Exception {
    put(usual().bytes());
    policy.onChange(
        () -> {
          throw new AssertionError("a listener of others");
        });
    start();
    CountDownLatch changed = new CountDownLatch(1);
    policy.onChange(changed::countDown);
    put(new MmdbFile().with("198.51.100.0/24", "DE").bytes());
    assertThat("the others hear", changed.await(30, TimeUnit.SECONDS), is(true));
    edit("at-home", "at-hearth");
    assertThat(from("198.51.100.7").rule(), is("at-hearth"));
    assertThat(policy.check().status(), is(Health.Status.OK));
  }

  @Test
  public void filesOfOtherMakersAreReadAndOtherWordsAreNoCountry() throws Exception {
    put(
        new MmdbFile()
            .with("10.0.0.0/8", Map.of("country", "FR"))
            .with("11.0.0.0/8", Map.of("country_code", "IT"))
            .with("12.0.0.0/8", Map.of("country", Map.of("names", Map.of("en", "Spain"))))
            .with("13.0.0.0/8", Map.of("country", "Germany"))
            .with("14.0.0.0/8", Map.of("city", "Ulm"))
            .bytes());
    MmdbCountries read = MmdbCountries.read(countries);
    assertThat(read.of(InetAddress.getByName("10.1.2.3")), is(Optional.of("FR")));
    assertThat(read.of(InetAddress.getByName("11.1.2.3")), is(Optional.of("IT")));
    for (String none : new String[] {"12.0.0.1", "13.0.0.1", "14.0.0.1", "15.0.0.1", "::1"}) {
      assertThat(none, read.of(InetAddress.getByName(none)), is(Optional.empty()));
    }
  }
}
