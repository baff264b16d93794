/** Style of the page that stands on its own; pages of the site have theirs. */
export const style = `
:root {
  color-scheme: light;
}
body {
  margin: 0;
  background: #fff;
  color: #1b1b1f;
  font:
    1rem / 1.5 "Atkinson Hyperlegible",
    Arial,
    sans-serif;
}
main {
  max-width: 46rem;
  margin: 0 auto;
  padding: 1.5rem 1rem 3rem;
}
.communique-marque {
  margin: 0 0 1rem;
  padding: 0.4rem 0.8rem;
  border: 2px solid #9c1f1f;
  color: #9c1f1f;
  font-weight: 700;
  text-align: center;
}
.communique-entete {
  display: flex;
  flex-wrap: wrap;
  gap: 1rem 2rem;
  justify-content: space-between;
  margin-bottom: 2rem;
}
.communique-service p,
.communique-reference p {
  margin: 0 0 0.4rem;
}
.communique-service img {
  display: block;
  margin-bottom: 0.5rem;
}
.communique-service-nom {
  font-weight: 700;
  font-size: 1.15rem;
  line-height: 1.25;
}
.communique-adresse {
  color: #45454f;
  font-size: 0.9rem;
}
.communique-reference {
  text-align: right;
}
.communique-banniere {
  padding: 0.35rem 0.9rem;
  background: #1e3a5f;
  color: #fff;
  font-weight: 700;
}
h1 {
  margin: 0 0 1rem;
  color: #1e3a5f;
  font-size: 1.7rem;
  line-height: 1.2;
  text-wrap: balance;
}
h2 {
  margin: 1.75rem 0 0.5rem;
  color: #1e3a5f;
  font-size: 1.2rem;
}
.communique-chapo {
  font-weight: 700;
}
.communique-liste {
  padding-left: 1.2rem;
}
.communique-liste li {
  margin-bottom: 0.3rem;
  break-inside: avoid;
}
.communique-postes {
  white-space: nowrap;
}
.communique-signature {
  margin-top: 1.75rem;
  text-align: right;
}
.communique-signature p {
  margin: 0 0 0.4rem;
}
.communique-signature-nom {
  font-weight: 700;
}
.communique-delegation {
  color: #45454f;
  font-size: 0.9rem;
}
.communique-contact {
  margin-top: 2rem;
  padding: 0.2rem 1rem;
  border-left: 4px solid #1e3a5f;
  background: #f2f4f7;
}
.communique-contact h2 {
  margin-top: 0.6rem;
  font-size: 1rem;
}
a {
  color: #1e3a5f;
}
@media (min-width: 44rem) {
  .communique-liste-longue {
    columns: 2;
    column-gap: 2rem;
  }
}
@media print {
  main {
    max-width: none;
    padding: 0;
  }
}
`;
