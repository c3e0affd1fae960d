package tandem.edge.sim;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the SIP stack's own log, much of which is about nothing, to ours at debug level. Made by
 * the stack, by name.
 */
public final class SipQuietLogger implements StackLogger {

  private static final Logger LOG = LoggerFactory.getLogger("tandem.edge.sim.sip");

  /** For the stack. */
  public SipQuietLogger() {}

  @Override
  public void logStackTrace() {
    // Only ever asked for while tracing, which is off.
  }

  @Override
  public void logStackTrace(int level) {
    // Only ever asked for while tracing, which is off.
  }

  @Override
  public int getLineCount() {
    return 0;
  }

  @Override
  public void logException(Throwable problem) {
    LOG.debug("SIP stack", problem);
  }

  @Override
  public void logDebug(String message) {
    LOG.trace(message);
  }

  @Override
  public void logDebug(String message, Exception problem) {
    LOG.trace(message, problem);
  }

  @Override
  public void logTrace(String message) {
    LOG.trace(message);
  }

  @Override
  public void logFatalError(String message) {
    LOG.error(message);
  }

  @Override
  public void logError(String message) {
    LOG.debug(message);
  }

  @Override
  public void logError(String message, Exception problem) {
    LOG.debug(message, problem);
  }

  @Override
  public boolean isLoggingEnabled() {
    return false;
  }

  @Override
  public boolean isLoggingEnabled(int level) {
    return false;
  }

  @Override
  public void logWarning(String message) {
    LOG.debug(message);
  }

  @Override
  public void logInfo(String message) {
    LOG.trace(message);
  }

  @Override
  public void disableLogging() {
    // The level is ours to set.
  }

  @Override
  public void enableLogging() {
    // The level is ours to set.
  }

  @Override
  public void setBuildTimeStamp(String stamp) {
    // Of no use.
  }

  @Override
  public void setStackProperties(Properties properties) {
    // Nothing to configure.
  }

  @Override
  public String getLoggerName() {
    return LOG.getName();
  }
}
