// What $a and $b (persons or parties, required) talk about in held meetings, most frequent first.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
}
WITH m
MATCH (m)<-[:ATTENDED|PARTY_TO]-(other)
WHERE other.iri = $b AND m.status = 'held'
WITH DISTINCT m
MATCH (m)-[:DISCUSSED]->(t:Topic)
WITH DISTINCT m, t
OPTIONAL MATCH (m)-[g:AGREED_ON]->(t)
WITH m, t, count(g) AS sealed
RETURN t.name AS topic, count(m) AS meetings, sum(CASE WHEN sealed > 0 THEN 1 ELSE 0 END) AS agreed,
       min(m.date) AS first, max(m.date) AS last
ORDER BY meetings DESC, topic
