package org.noports.cipher.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.Subscription;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.CipherRules;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.cipher.catalogue.OwnersRules.SettingsInForce;
import org.noports.cipher.catalogue.plugin.DeployFolder;
import org.noports.cipher.catalogue.plugin.Origin;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The catalogue that follows the bundles and its owner's rules: what is installed and permitted is
 * offered at once, what is stopped or denied is gone at once, and nobody who asks here is restarted
 * for it. Between the cipher plug-ins and everybody who uses one.
 */
@Component(
    service = {CipherCatalogue.class, CipherRules.class, HealthCheck.class},
    immediate = true,
    configurationPid = CatalogueSettings.PID)
@Designate(ocd = CatalogueConfig.class)
public final class LiveCipherCatalogue implements CipherCatalogue, CipherRules, HealthCheck {
  private static final String PLUG_INS =
      "(|(objectClass=org.noports.api.cipher.StreamCipher)"
          + "(objectClass=org.noports.api.cipher.KeyTransport)"
          + "(objectClass=org.noports.api.cipher.SignatureAlgorithm)"
          + "(objectClass=org.noports.api.cipher.RecordCipher)"
          + "(objectClass=org.noports.api.cipher.KeyAgreement)"
          + "(objectClass=org.noports.api.cipher.KeyDerivation))";

  private final Work work = new Work();
  private final PlugInRecords records = new PlugInRecords(work, () -> keeper());
  private final SettingsInForce settings = new SettingsInForce();
  private final Departures departures = new Departures(() -> settings.get().depart());
  private final Shelves shelves;
  private final Arrivals arrivals;
  private final OwnersRules rules;
  private volatile Optional<DeployFolder> deploy = Optional.empty();
  private volatile Optional<ConfigurationAdmin> configurations = Optional.empty();
  private volatile Optional<Audit> audit = Optional.empty();
  private volatile String problem = "";
  private volatile boolean stopped;

  /** What the framework makes. */
  public LiveCipherCatalogue() {
    this(it -> new Admission(it.settings, () -> it.deploy, it::misbehaved));
  }

  /** For tests of what is behind the gate. */
  LiveCipherCatalogue(Function<LiveCipherCatalogue, Gate> gate) {
    shelves = new Shelves(gate.apply(this), settings);
    arrivals = new Arrivals(shelves, departures, records, work);
    rules =
        new OwnersRules(
            settings,
            new OwnersRules.Parts(shelves, departures, work, arrivals::changed),
            () -> configurations);
  }

  private void misbehaved(Origin origin, String why) {
    arrivals.misbehaved(origin, why);
  }

  /** What a bundle left behind when it stopped ends when it is uninstalled. */
  @Activate
  void activate(BundleContext context, CatalogueConfig config) {
    deploy = DeployFolder.of(context);
    deploy.flatMap(DeployFolder::problem).ifPresent(CatalogueLog::deployFolder);
    apply(config);
    // Goes with this bundle's context.
    context.addBundleListener(
        (SynchronousBundleListener)
            event -> {
              if (event.getType() == BundleEvent.UNINSTALLED && !stopped) {
                departures.uninstalled(event.getBundle().getBundleId());
              }
            });
  }

  @Modified
  void apply(CatalogueConfig config) {
    try {
      rules.apply(CatalogueSettings.of(config));
      problem = "";
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      CatalogueLog.unreadable(problem, inForce());
    }
    arrivals.begin();
  }

  private String inForce() {
    return settings.get().isUnread()
        ? "until that is mended no algorithm is offered and no other bundle's is tried"
        : "the settings before it stay in force";
  }

  /** What is unbound from now on stays where it is. */
  @Deactivate
  void deactivate() {
    stopped = true;
    work.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindUser(CipherUser user) {
    departures.add(user);
  }

  void unbindUser(CipherUser user) {
    departures.remove(user);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(Audit service) {
    audit = Optional.of(service);
    records.flush();
  }

  void unbindAudit(Audit service) {
    if (audit.equals(Optional.of(service))) {
      audit = Optional.empty();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindConfigurations(ConfigurationAdmin service) {
    configurations = Optional.of(service);
  }

  void unbindConfigurations(ConfigurationAdmin service) {
    if (configurations.equals(Optional.of(service))) {
      configurations = Optional.empty();
    }
  }

  /** One reference for all kinds: each plug-in says by its type and its property what it is. */
  @Reference(
      service = AnyService.class,
      target = PLUG_INS,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindPlugIn(ServiceReference<?> reference, Object plugIn) {
    arrivals.arrived(reference, plugIn);
  }

  void updatedPlugIn(ServiceReference<?> reference, Object plugIn) {
    arrivals.arrived(reference, plugIn);
  }

  void unbindPlugIn(ServiceReference<?> reference) {
    if (!stopped) {
      arrivals.left(reference);
    }
  }

  private Optional<Audit> keeper() {
    return audit;
  }

  @Override
  public StreamCipher streamCipher(String algorithm) {
    return new Handles.OfStreamCipher(shelves.streamCiphers.place(algorithm));
  }

  @Override
  public KeyTransport keyTransport(String algorithm) {
    return new Handles.OfKeyTransport(shelves.keyTransports.place(algorithm));
  }

  @Override
  public SignatureAlgorithm signature(String algorithm) {
    return new Handles.OfSignature(shelves.signatures.place(algorithm));
  }

  @Override
  public RecordCipher recordCipher(String algorithm) {
    return new RecordHandles.OfRecordCipher(shelves.recordCiphers.place(algorithm));
  }

  @Override
  public KeyAgreement keyAgreement(String algorithm) {
    return new RecordHandles.OfKeyAgreement(shelves.keyAgreements.place(algorithm));
  }

  @Override
  public KeyDerivation keyDerivation(String algorithm) {
    return new RecordHandles.OfKeyDerivation(shelves.keyDerivations.place(algorithm));
  }

  @Override
  public List<PresentAlgorithm> present() {
    return shelves.present();
  }

  @Override
  public Subscription onChange(Runnable changed) {
    return arrivals.onChange(changed);
  }

  @Override
  public List<AlgorithmStatus> algorithms() {
    return rules.algorithms();
  }

  @Override
  public CipherUser.Outcome deny(String algorithm) throws ConfigurationInvalid {
    return rules.deny(algorithm);
  }

  @Override
  public boolean allow(String algorithm) throws ConfigurationInvalid {
    return rules.allow(algorithm);
  }

  @Override
  public String component() {
    return CatalogueSettings.PID;
  }

  @Override
  public Health check() {
    List<String> problems = new ArrayList<>();
    if (!problem.isEmpty()) {
      problems.add(problem + "; " + inForce());
    }
    deploy.flatMap(DeployFolder::problem).ifPresent(problems::add);
    return settings.get().isUnread() && !problem.isEmpty()
        ? Health.down(String.join(" | ", problems))
        : CatalogueHealth.of(algorithms(), problems);
  }
}
