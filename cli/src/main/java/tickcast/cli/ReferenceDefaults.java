package tickcast.cli;

import java.util.ListResourceBundle;

/** The defaults of the reference configuration, as {@code default.KEY} for help texts. */
final class ReferenceDefaults extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
        return ConfigurationLoader.reference().entrySet().stream()
                .map(entry -> new Object[] {
                    "default." + entry.getKey(), String.valueOf(entry.getValue().unwrapped())
                })
                .toArray(Object[][]::new);
    }
}
