package tandem.system;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Floor}, tidy. It is closed after the last test of all classes. */
final class SharedFloor implements ParameterResolver, BeforeEachCallback {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Floor.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return floor(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    floor(context).tidy();
  }

  private static Floor floor(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(Floor.class, key -> start(), Floor.class);
  }

  private static Floor start() {
    try {
      return Floor.open();
    } catch (IOException e) {
      throw new IllegalStateException("the floor cannot be opened", e);
    }
  }
}
