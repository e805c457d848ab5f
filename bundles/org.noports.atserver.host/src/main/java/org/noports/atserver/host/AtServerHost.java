package org.noports.atserver.host;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.StoreFailed;
import org.noports.api.atserver.HostedAtSigns;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.directory.AtDirectory;
import org.noports.api.directory.DirectoryRecords;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.store.AtStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The atServer host: holds the hosted atSigns from start to stop, whatever comes and goes around
 * it. Only a configuration makes it listen.
 */
@Component(
    service = {HostedAtSigns.class, HealthCheck.class},
    configurationPid = AtServerHost.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = HostConfig.class)
public final class AtServerHost implements HostedAtSigns, HealthCheck {
  static final String PID = "org.noports.atserver.host";

  private final Neighbours neighbours = new Neighbours();
  private volatile Optional<Operation> operation = Optional.empty();

  @Activate
  void activate(HostConfig config) {
    operation = Optional.of(Operation.start(HostSettings.of(config), neighbours));
  }

  @Modified
  void modified(HostConfig config) {
    operation.ifPresent(running -> running.change(HostSettings.of(config)));
  }

  @Deactivate
  void deactivate() {
    operation.ifPresent(Operation::close);
    operation = Optional.empty();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindStore(AtStore store) {
    neighbours.come(store);
    operation.ifPresent(Operation::storeArrived);
  }

  void unbindStore(AtStore store) {
    neighbours.go(store);
    operation.ifPresent(Operation::storeLeft);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDirectory(AtDirectory directory) {
    neighbours.come(directory);
  }

  void unbindDirectory(AtDirectory directory) {
    neighbours.go(directory);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRecords(DirectoryRecords records) {
    neighbours.come(records);
    operation.ifPresent(Operation::recordsArrived);
  }

  void unbindRecords(DirectoryRecords records) {
    neighbours.go(records);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(Audit audit) {
    neighbours.come(audit);
  }

  void unbindAudit(Audit audit) {
    neighbours.go(audit);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCiphers(CipherCatalogue ciphers) {
    neighbours.come(ciphers);
  }

  void unbindCiphers(CipherCatalogue ciphers) {
    neighbours.go(ciphers);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindProxy(OutgoingProxy service) {
    neighbours.wayOut().come(service);
  }

  void unbindProxy(OutgoingProxy service) {
    neighbours.wayOut().go(service);
  }

  private Operation running() throws StoreFailed {
    return operation.orElseThrow(
        () -> new StoreFailed("The atServer host is stopping; start it and try again"));
  }

  @Override
  public HostPort add(AtSign atSign, String authenticationKey, String encryptionKey)
      throws StoreFailed {
    return running().add(atSign, new Founding.WithKeys(authenticationKey, encryptionKey));
  }

  @Override
  public HostPort addForOnboarding(AtSign atSign, Secret cramSecret) throws StoreFailed {
    return running().add(atSign, new Founding.WithSecret(cramSecret));
  }

  @Override
  public Invited invite(AtSign atSign) throws StoreFailed {
    return running().invite(atSign);
  }

  @Override
  public boolean remove(AtSign atSign) throws StoreFailed {
    return running().housing().remove(atSign, HouseBook.Away.OPERATOR);
  }

  @Override
  public boolean delete(AtSign atSign) throws StoreFailed {
    return running().housing().delete(atSign);
  }

  @Override
  public HostPort ownPort(AtSign atSign, int port) throws StoreFailed {
    return running().move(atSign, Optional.of(port));
  }

  @Override
  public HostPort sharedPort(AtSign atSign) throws StoreFailed {
    return running().move(atSign, Optional.empty());
  }

  @Override
  public List<Hosted> all() {
    return operation.map(Operation::hosted).orElse(List.of());
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    return operation.map(Operation::health).orElse(Health.down("The atServer host is stopping"));
  }
}
