package tandem.persistence.serialization;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import tandem.router.domain.RouterSerializable;

/**
 * Finds what the router sends and persists by looking at its classes: nothing is listed by hand.
 */
final class RouterTypes {
  /** Every concrete type that travels or is persisted, by name. */
  static final List<Class<?>> ALL = find();

  private RouterTypes() {}

  /** The types among these that lie in a journal as events. */
  static List<Class<?>> events() {
    return ALL.stream().filter(RouterTypes::isEvent).toList();
  }

  static boolean isEvent(Class<?> type) {
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.getSimpleName().equals("Event") || isEvent(parent)) {
        return true;
      }
    }
    return false;
  }

  private static List<Class<?>> find() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("tandem.router")
            .stream()
            .filter(type -> type.isAssignableTo(RouterSerializable.class))
            .map(JavaClass::reflect)
            .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()))
            // The body of an enum's constant is no type of its own.
            .filter(type -> !type.isAnonymousClass())
            .sorted(Comparator.comparing(Class::getName))
            .<Class<?>>map(type -> type)
            .toList();
  }
}
