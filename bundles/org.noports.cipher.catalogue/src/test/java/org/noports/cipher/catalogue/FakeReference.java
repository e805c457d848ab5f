package org.noports.cipher.catalogue;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** A service reference without a framework: properties and the specified order, nothing else. */
record FakeReference<S>(Map<String, Object> properties, int ranking, long id, Bundle bundle)
    implements ServiceReference<S> {
  /** Of no bundle. */
  FakeReference(Map<String, Object> properties, int ranking, long id) {
    this(properties, ranking, id, null);
  }

  @Override
  public Object getProperty(String key) {
    return key.equals(Constants.SERVICE_ID) ? (Object) id : properties.get(key);
  }

  @Override
  public String[] getPropertyKeys() {
    return properties.keySet().toArray(String[]::new);
  }

  @Override
  public Bundle getBundle() {
    return bundle;
  }

  @Override
  public Bundle[] getUsingBundles() {
    return new Bundle[0];
  }

  @Override
  public boolean isAssignableTo(Bundle bundle, String className) {
    return true;
  }

  /** As {@link ServiceReference#compareTo} specifies: ranking, then the lower id is greater. */
  @Override
  public int compareTo(Object other) {
    FakeReference<?> that = (FakeReference<?>) other;
    return ranking != that.ranking
        ? Integer.compare(ranking, that.ranking)
        : Long.compare(that.id, id);
  }

  @Override
  public Dictionary<String, Object> getProperties() {
    var all = new Hashtable<>(properties);
    all.put(Constants.SERVICE_RANKING, ranking);
    return all;
  }

  @Override
  public <A> A adapt(Class<A> type) {
    return null;
  }
}
