package org.noports.atserver.host;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;
import org.noports.transport.TlsIdentity;

/** A configuration with its defaults, but for what a test says; certificates of the tests. */
final class Settings {
  /** Of the shared port; no DNS knows it. */
  static final String DOMAIN = "hub.test";

  private final Map<String, Object> values = new HashMap<>();
  private final TestCa ca;

  private Settings(TestCa ca) {
    this.ca = ca;
  }

  static Settings in(Path folder) {
    TestCa ca = new TestCa(folder, "ca");
    TestIdentity localhost = ca.issue("localhost", "localhost", "127.0.0.1", "*." + DOMAIN);
    return new Settings(ca)
        .with("certificate", localhost.chain().toString())
        .with("key", localhost.key().toString())
        .with("trust", ca.certificateFile().toString())
        .with("wrongPasscodeMillis", 1)
        .with("provision", folder.resolve("atsigns").toString());
  }

  /** The CA's file. */
  Path trust() {
    return Path.of(values.get("trust").toString());
  }

  /** What another host of the same world shows. */
  TlsIdentity identity(String host) {
    TestIdentity issued = ca.issue("other-" + host.replace('*', 'x'), host);
    return new TlsIdentity(issued.chain(), issued.key());
  }

  /** What localhost shows. */
  TlsIdentity identity() {
    return new TlsIdentity(
        Path.of(values.get("certificate").toString()), Path.of(values.get("key").toString()));
  }

  Settings with(String key, Object value) {
    values.put(key, value);
    return this;
  }

  HostConfig config() {
    Map<String, Object> said = Map.copyOf(values);
    return (HostConfig)
        Proxy.newProxyInstance(
            HostConfig.class.getClassLoader(),
            new Class<?>[] {HostConfig.class},
            (proxy, method, arguments) ->
                said.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
