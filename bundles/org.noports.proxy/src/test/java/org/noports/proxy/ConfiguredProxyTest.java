package org.noports.proxy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.HostPort;
import org.noports.api.health.Health;
import org.noports.api.network.Route;
import org.noports.testkit.Eventually;

/** One setting, and which way each connection then takes. */
public class ConfiguredProxyTest {
  private static final HostPort HUB = new HostPort("hub.example.org", 6464);
  private static final HostPort PROXY = new HostPort("proxy.example.net", 3128);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Optional<ConfiguredProxy> started = Optional.empty();

  @After
  public void stop() {
    started.ifPresent(ConfiguredProxy::stop);
  }

  @Test
  public void withoutASettingAllGoesDirectly() {
    assertThat(start(Map.of()).route(HUB), is(Route.DIRECT));
    assertThat(started.get().check().status(), is(Health.Status.OK));
  }

  @Test
  public void aUrlNamesWhatTheProxySpeaksAndWhereItIs() {
    assertThat(
        start(Map.of("url", "http://proxy.example.net:3128/")).route(HUB),
        is(new Route.Through(Route.Protocol.HTTP, PROXY, Optional.empty())));
    started.get().apply(config(Map.of("url", "SOCKS5://proxy.example.net:3128")));
    assertThat(
        started.get().route(HUB),
        is(new Route.Through(Route.Protocol.SOCKS5, PROXY, Optional.empty())));
    started.get().apply(config(Map.of()));
    assertThat(started.get().route(HUB), is(Route.DIRECT));
  }

  @Test
  public void thisMachineIsReachedDirectlyUnlessTheSettingSaysOtherwise() {
    ConfiguredProxy proxy = start(Map.of("url", "http://proxy.example.net:3128"));
    for (String host : new String[] {"localhost", "LocalHost", "127.0.0.1", "127.8.8.8", "::1"}) {
      assertThat(host, proxy.route(new HostPort(host, 1)), is(Route.DIRECT));
    }
    proxy.apply(config(Map.of("url", "http://proxy.example.net:3128", "noProxy", "")));
    assertThat(proxy.route(new HostPort("localhost", 1)), is(instanceOf(Route.Through.class)));
  }

  @Test
  public void namesDomainsAddressesAndNetworksAreReachedDirectlyOnRequest() {
    ConfiguredProxy proxy =
        start(
            Map.of(
                "url",
                "http://proxy.example.net:3128",
                "noProxy",
                "hub.example.org, .intern, 10.1.0.0/16, fd00::/8, 192.0.2.7"));
    String[] direct = {"HUB.example.org", "a.intern", "10.1.2.3", "fd12::1", "192.0.2.7"};
    for (String host : direct) {
      assertThat(host, proxy.route(new HostPort(host, 1)), is(Route.DIRECT));
    }
    String[] through = {"example.org", "intern", "10.2.2.3", "fe80::1", "192.0.2.70", "10.1.2.300"};
    for (String host : through) {
      assertThat(host, proxy.route(new HostPort(host, 1)), is(instanceOf(Route.Through.class)));
    }
  }

  @Test
  public void aPasswordComesFromItsFileAndFollowsIt() throws Exception {
    Path file = password("open sesame\n", "rw-------");
    ConfiguredProxy proxy = start(login(file));
    assertThat(passwordOf(proxy), is("open sesame"));
    Files.writeString(file, "another one");
    Eventually.holds(() -> passwordOf(proxy).equals("another one"));
    assertThat(proxy.route(HUB).toString(), is("http://proxy.example.net:3128"));
  }

  @Test
  public void aPasswordThatOthersCanReadIsRefusedAndNothingGoesOutUntilThatIsMended()
      throws Exception {
    Path file = password("open sesame", "rw-r-----");
    ConfiguredProxy proxy = start(login(file));
    assertThat(
        ((Route.Closed) proxy.route(HUB)).why(),
        allOf(containsString("chmod 600 " + file), not(containsString("sesame"))));
    assertThat(proxy.check().status(), is(Health.Status.DOWN));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Eventually.holds(() -> proxy.check().status() == Health.Status.OK);
    assertThat(passwordOf(proxy), is("open sesame"));
  }

  @Test
  public void aSettingThatIsWrongFromTheStartLetsNothingOut() {
    ConfiguredProxy proxy = start(Map.of("url", "proxy.example.net:3128"));
    assertThat(
        ((Route.Closed) proxy.route(HUB)).why(), containsString("http://HOST:PORT or socks5://"));
    assertThat(proxy.check().status(), is(Health.Status.DOWN));
  }

  @Test
  public void aSettingThatBecomesWrongChangesNothingAndIsNamed() {
    ConfiguredProxy proxy = start(Map.of("url", "http://proxy.example.net:3128"));
    String[] wrong = {"ftp://a:1", "http://user:secret@a:1", "http://a", "http://a:99999"};
    for (String url : wrong) {
      proxy.apply(config(Map.of("url", url)));
      assertThat(((Route.Through) proxy.route(HUB)).proxy(), is(PROXY));
      assertThat(proxy.check().status(), is(Health.Status.DEGRADED));
      assertThat(proxy.check().message(), not(containsString("secret")));
    }
    proxy.apply(config(Map.of("url", "http://a:1", "noProxy", "10.0.0.0/33")));
    assertThat(proxy.check().message(), containsString("'10.0.0.0/33' in noProxy"));
  }

  private ConfiguredProxy start(Map<String, String> settings) {
    ConfiguredProxy proxy = new ConfiguredProxy(config(settings));
    started = Optional.of(proxy);
    return proxy;
  }

  private static Map<String, String> login(Path file) {
    return Map.of(
        "url", "http://proxy.example.net:3128", "user", "ali", "passwordFile", file.toString());
  }

  private Path password(String text, String permissions) throws Exception {
    Path file = folder.newFile("password").toPath();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    Files.writeString(file, text);
    return file;
  }

  private static String passwordOf(ConfiguredProxy proxy) {
    Route.Login login = ((Route.Through) proxy.route(HUB)).login().orElseThrow();
    assertThat(login.user(), is("ali"));
    return new String(login.password().exposeSecretBytes(), StandardCharsets.UTF_8);
  }

  private static ConfiguredProxy.Config config(Map<String, String> settings) {
    Map<String, String> given = new HashMap<>(settings);
    return (ConfiguredProxy.Config)
        Proxy.newProxyInstance(
            ConfiguredProxy.Config.class.getClassLoader(),
            new Class<?>[] {ConfiguredProxy.Config.class},
            (proxy, method, arguments) ->
                given.getOrDefault(method.getName(), (String) method.getDefaultValue()));
  }
}
