-- The figures of a régime never change once written: decisions rest on them. Its end alone is written afterwards.
revoke update, delete on regime, regime_variante from maillage_application;
grant update (en_vigueur) on regime to maillage_application;
